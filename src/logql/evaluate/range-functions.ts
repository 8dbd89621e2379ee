import type { WindowFunction } from "../names.ts";

/** A window's samples: places `from` (included) to `to` (not) of times and values; its end and length, nanoseconds. */
type Window = Readonly<{
  times: readonly number[];
  values: readonly number[];
  from: number;
  to: number;
  end: number;
  length: number;
  param: number;
}>;

const each = ({ values, from, to }: Window, step: (value: number) => void) => {
  for (let i = from; i < to; i++) step(values[i]!);
};

const sum = (window: Window) => {
  let total = 0;
  each(window, (value) => {
    total += value;
  });
  return total;
};

const average = (window: Window) => {
  let mean = 0;
  let count = 0;
  each(window, (value) => {
    count += 1;
    if (!Number.isFinite(mean)) {
      if (Number.isFinite(value) && !Number.isNaN(mean)) return;
      if (mean === value) return;
    }
    mean += value / count - mean / count;
  });
  return mean;
};

const extreme = (window: Window, better: (a: number, b: number) => boolean) => {
  let best = window.values[window.from]!;
  each(window, (value) => {
    if (better(value, best) || Number.isNaN(best)) best = value;
  });
  return best;
};

const variance = (window: Window) => {
  let mean = 0;
  let squares = 0;
  let count = 0;
  each(window, (value) => {
    count += 1;
    const delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  });
  return squares / count;
};

/** The quantile of values, straight between the two nearest; -Inf below 0, +Inf above 1; NaN sorts before all else. */
export function quantile(q: number, values: readonly number[]): number {
  if (values.length === 0 || Number.isNaN(q)) return Number.NaN;
  if (q < 0) return Number.NEGATIVE_INFINITY;
  if (q > 1) return Number.POSITIVE_INFINITY;
  const sorted = Float64Array.from(values).sort();
  let nans = 0;
  while (nans < sorted.length && Number.isNaN(sorted[sorted.length - 1 - nans]!)) nans += 1;
  const at = (rank: number) => (rank < nans ? Number.NaN : sorted[rank - nans]!);
  const rank = q * (sorted.length - 1);
  const low = Math.max(0, Math.floor(rank));
  const high = Math.min(sorted.length - 1, low + 1);
  const weight = rank - Math.floor(rank);
  return at(low) * (1 - weight) + at(high) * weight;
}

const seconds = ({ length }: Window) => length / 1e9;

/** A counter's growth per second as Loki extrapolates it: by the window's seconds, but beside an interval in µs. */
function counterRate({ times, values, from, to, length }: Window): number {
  if (to - from < 2) return 0;
  let growth = values[to - 1]! - values[from]!;
  for (let i = from + 1; i < to; i++) if (values[i]! < values[i - 1]!) growth += values[i - 1]!;
  const sampled = (times[to - 1]! - times[from]!) / 1000;
  const between = sampled / (to - from - 1);
  let before = length / 1e9;
  if (growth > 0 && values[from]! >= 0) before = Math.min(before, sampled * (values[from]! / growth));
  const covered = sampled + (before < between * 1.1 ? before : between / 2);
  return (growth * (covered / sampled)) / (length / 1e9);
}

/** What each range function makes of the samples of a window that is not empty. */
export const windowFunctions: Readonly<Record<WindowFunction, (window: Window) => number>> = {
  count_over_time: ({ from, to }) => to - from,
  rate: (window) => sum(window) / seconds(window),
  rate_counter: counterRate,
  bytes_over_time: sum,
  bytes_rate: (window) => sum(window) / seconds(window),
  sum_over_time: sum,
  avg_over_time: average,
  max_over_time: (window) => extreme(window, (a, b) => a > b),
  min_over_time: (window) => extreme(window, (a, b) => a < b),
  stdvar_over_time: variance,
  stddev_over_time: (window) => Math.sqrt(variance(window)),
  quantile_over_time: ({ values, from, to, param }) => quantile(param, values.slice(from, to)),
  first_over_time: ({ values, from }) => values[from]!,
  last_over_time: ({ values, to }) => values[to - 1]!,
};

import { durationSeconds } from "../core/durations.ts";
import type { Streams } from "../logql/streams.ts";

/** A range of time, in milliseconds since 1970. */
export type TimeRange = Readonly<{ from: number; to: number }>;

/** A range as nanoseconds since the origin of streams. */
export const within = ({ from, to }: TimeRange, { origin }: Streams) => {
  const [start, end] = [from, to].map((ms) => Number(BigInt(Math.round(ms)) * 1_000_000n - origin));
  return { start: start!, end: end! };
};
/** The moment that `now-6h`, `now`, milliseconds since 1970 or a date mean; undefined for anything else. */
export function momentOf(text: string, now: number): number | undefined {
  if (/^\d{6,}$/.test(text)) return Number(text);
  const relative = /^now(?:([-+])(\w+))?$/.exec(text);
  if (relative) {
    const seconds = relative[2] === undefined ? 0 : durationSeconds(relative[2]);
    if (seconds === undefined) return undefined;
    const by = seconds * 1000;
    return relative[1] === "+" ? now + by : now - by;
  }
  const date = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}

/** The steps between which Grafana chooses (ms): a millisecond to a month. */
const STEPS = [
  1, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_200_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 604_800_000,
  2_592_000_000,
];
/** It takes a step for all wishes below the middle to the next one, but for these. */
const ENDS = new Map([
  [1, 10],
  [43_200_000, 86_400_000],
  [86_400_000, 604_800_000],
  [604_800_000, 1_814_400_000],
]);

/** The step (ms) of a panel over a range that shows at most so many points, never below its own minimum. */
export function stepOf(
  { from, to }: TimeRange,
  { points, least = 0 }: Readonly<{ points: number; least?: number }>,
): number {
  const wish = (to - from) / Math.max(1, points);
  const step = STEPS.find(
    (one, at) => wish < (ENDS.get(one) ?? (one + (STEPS[at + 1] ?? Number.POSITIVE_INFINITY)) / 2),
  );
  return Math.max(step!, least, 1);
}

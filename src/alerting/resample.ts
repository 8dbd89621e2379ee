import { parseDuration } from "../core/durations.ts";
import { UserError } from "../core/errors.ts";
import { reducers } from "./reduce.ts";
import { unsupported } from "./unsupported.ts";
import { type Maybe, type Point, type Series, series, type Value } from "./values.ts";

type Resampling = Readonly<{ window: string; downsampler: string; upsampler: string; from: number; to: number }>;

function filled(upsampler: string, { last, next }: Readonly<{ last: Maybe; next: Maybe }>): Maybe {
  if (upsampler === "pad") return last;
  if (upsampler === "backfilling") return next;
  if (upsampler === "fillna") return null;
  throw unsupported(`the upsampler "${upsampler}"`, ["pad", "backfilling", "fillna"]);
}

function resampled({ labels, points }: Series, { window, downsampler, upsampler, from, to }: Resampling): Series {
  const step = parseDuration(window) * 1000;
  const length = Math.trunc((to - from) / step);
  const reducer = reducers[downsampler];
  if (length <= 0)
    throw new UserError(`a resample's window of ${window} is longer than its time range; make one of them fit`);
  if (!reducer) throw unsupported(`the downsampler "${downsampler}"`, Object.keys(reducers));
  let read = 0;
  const next: Point[] = Array.from({ length: length + 1 }, (_, index) => {
    const time = from + index * step;
    const first = read;
    while (read < points.length && points[read]![0] <= time) read++;
    const taken = points.slice(first, read).map(([, value]) => value);
    if (taken.length > 0) return [time, reducer(taken)];
    return [time, filled(upsampler, { last: points[read - 1]?.[1] ?? null, next: points[read]?.[1] ?? null })];
  });
  return series(labels, next);
}

/** Every series at fixed steps over the expression's own time range. */
export const resampleValues = (values: readonly Value[], how: Resampling): readonly Value[] =>
  values.map((value) => {
    if (value.kind === "noData") return value;
    if (value.kind !== "series")
      throw new UserError(`a resample takes series, not a ${value.kind}; let it read a range query`);
    return resampled(value, how);
  });

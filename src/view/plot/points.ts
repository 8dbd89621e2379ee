import type { ShownField, ShownFrame } from "../fields.ts";

export type Point = readonly [time: number, value: number | null];
/** A field over time. */
export type Shown = Readonly<{ frame: ShownFrame; field: ShownField; points: readonly Point[] }>;

/** A null where two points stand further apart than the panel joins. */
export function broken(
  points: readonly Point[],
  { step, spanNulls }: Readonly<{ step: number; spanNulls: unknown }>,
): readonly Point[] {
  if (spanNulls === true) return points;
  const most = typeof spanNulls === "number" ? Math.max(spanNulls, step) : step;
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    return next && next[0] - point[0] > most * 1.001 ? [point, [point[0] + 1, null] as const] : [point];
  });
}

/** Stacked series have a value at every time that one of them has. */
export function filledUp(all: readonly Shown[], isStacked: (field: ShownField) => boolean): readonly Shown[] {
  const times = [
    ...new Set(all.filter(({ field }) => isStacked(field)).flatMap(({ points }) => points.map(([time]) => time))),
  ].sort((a, b) => a - b);
  return all.map((one) => {
    if (!isStacked(one.field)) return one;
    const values = new Map(one.points);
    return { ...one, points: times.map((time): Point => [time, values.get(time) ?? 0]) };
  });
}

/** The smallest distance between two times of any series. */
export function spacingOf(all: readonly Shown[]): number | undefined {
  const times = [...new Set(all.flatMap(({ points }) => points.map(([time]) => time)))].sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  return gaps.length === 0 ? undefined : gaps.reduce((a, b) => Math.min(a, b));
}

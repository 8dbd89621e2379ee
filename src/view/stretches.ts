import type { State } from "../alerting/states.ts";
import type { InstanceLine } from "../alerting/timeline.ts";
import type { Point } from "./plot.ts";
import type { TimeRange } from "./times.ts";

/** A stretch of time (ms) in one state. */
export type Stretch = Readonly<{ from: number; to: number; state: State }>;

/** The states, the one that asks for most first. */
export const URGENCY: readonly State[] = ["Alerting", "Error", "Pending", "Recovering", "NoData", "Normal"];
const MOST_POINTS = 600;

/** The states of an instance over a range, neighbours of one state as one. */
export function stretchesOf(
  { states }: InstanceLine,
  moments: readonly number[],
  { from, to }: TimeRange,
): readonly Stretch[] {
  const found: { from: number; to: number; state: State }[] = [];
  for (const [index, state] of states.entries()) {
    const start = Math.max(from, moments[index]! * 1000);
    const end = Math.min(to, (moments[index + 1] ?? Number.POSITIVE_INFINITY) * 1000);
    if (state === undefined || end <= from || start > to) continue;
    const last = found.at(-1);
    if (last && last.state === state && last.to === start) last.to = end;
    else found.push({ from: start, to: end, state });
  }
  return found;
}

/** At most so many points: of neighbours, the one nearest to firing. */
export function thinned(points: readonly Point[], { below }: Readonly<{ below: boolean }>): readonly Point[] {
  const size = Math.ceil(points.length / MOST_POINTS);
  if (size <= 1) return points;
  const worse = (a: number, b: number) => (below ? a < b : a > b);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, part) =>
    points.slice(part * size, (part + 1) * size).reduce((kept, point) => {
      if (point[1] === null) return kept;
      return kept[1] === null || worse(point[1], kept[1]) ? point : kept;
    }),
  );
}

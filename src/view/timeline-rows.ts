import type { FiringInstance } from "../alerting/history/firings.ts";
import type { Period } from "../alerting/history/period.ts";
import type { Reading } from "../alerting/history/readings.ts";
import type { RuleLine } from "../alerting/timeline.ts";
import { type Labels, labelKey } from "../alerting/values.ts";
import type { Point } from "./plot.ts";
import { stretchesOf, thinned } from "./stretches.ts";
import type { ShownValue, TimelineRow } from "./timeline.ts";

/** What a timeline is drawn from: the evaluations of a rule, its values, and the instances that fired. */
type Judged = Readonly<{
  line: RuleLine;
  period: Period;
  readings: readonly Reading[];
  instances: readonly FiringInstance[];
}>;

const MOST_ROWS = 20;

/** An instance by the values of its labels; `everything` is the one without. */
export const nameOf = (labels: Labels, everything = "ensemble"): string =>
  Object.values(labels).join(" · ") || everything;
/** Grafana keeps an instance of its own for a query that gives nothing. */
export const isOfNothing = ({ ref_id, datasource_uid }: Labels) => ref_id !== undefined && datasource_uid !== undefined;

function valuesOf(labels: Labels, { readings, line: { moments }, period }: Judged): readonly ShownValue[] {
  return readings.flatMap(({ unit, beyond, instances }) => {
    const own = instances.find((one) => labelKey(one.labels) === labelKey(labels));
    if (!own) return [];
    const points = moments.flatMap((moment, index): Point[] =>
      moment < period.from ? [] : [[moment * 1000, own.values[index] ?? null]],
    );
    return [{ points: thinned(points, { below: beyond === "below" }), limit: own.limit, unit }];
  });
}

/** The range of a period in milliseconds. */
export const rangeOf = ({ from, to }: Period) => ({ from: from * 1000, to: to * 1000 });

/** The instances of a rule, those that fired most often first. */
export function timelineRows(judged: Judged): readonly TimelineRow[] {
  const { line, period, instances } = judged;
  const firings = (labels: Labels) =>
    instances.find((one) => labelKey(one.labels) === labelKey(labels))?.firings.length ?? 0;
  return line.instances
    .filter(({ labels }) => !isOfNothing(labels))
    .toSorted((a, b) => firings(b.labels) - firings(a.labels))
    .slice(0, MOST_ROWS)
    .map((instance) => ({
      name: nameOf(instance.labels),
      values: valuesOf(instance.labels, judged),
      states: stretchesOf(instance, line.moments, rangeOf(period)),
    }));
}

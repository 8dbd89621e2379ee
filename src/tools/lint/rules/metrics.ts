import {
  type Metric,
  type Query,
  type RangeAggregation,
  unwrapOf,
  type VectorAggregation,
} from "../../../logql/ast.ts";
import { ungroupable } from "../../../logql/check.ts";
import { aboutNodes, aboutRanges, nodesOf } from "../rule.ts";

/** What an outer aggregation makes of the range function inside it when both look for the same extreme. */
export const SAME: Readonly<Record<string, string>> = { max_over_time: "max", min_over_time: "min" };

/** The aggregation right around a range aggregation. */
export const around = (query: Query, range: RangeAggregation): VectorAggregation | undefined =>
  nodesOf(query).find((node): node is VectorAggregation => node.kind === "vector" && node.of === range);

export const groupInside = aboutRanges({
  name: "group-inside",
  reason:
    "Without its own grouping, an unwrapped range aggregation makes a series of every combination of parsed labels, to be merged afterwards.",
  check: (range, { query }) => {
    if (ungroupable.has(range.fn) || range.grouping || !unwrapOf(range.logs)) return undefined;
    const above = around(query, range);
    // A mean of means, a sum of quantiles… is another number than one over the group.
    if (above && SAME[range.fn] !== above.fn) return undefined;
    const labels = above?.grouping ? `${above.grouping.kind} (${above.grouping.labels.join(", ")})` : "by ()";
    const suggestion = above
      ? `write ${range.fn}(…) ${labels} and drop the outer ${above.fn}: the values are the same`
      : `write ${range.fn}(…) by (…) with the labels to tell apart: what only differs otherwise becomes one series`;
    return { at: range, message: `${range.fn} of an unwrapped field is not grouped inside`, suggestion };
  },
});

const keepsLabels = ({ kind, labels }: NonNullable<VectorAggregation["grouping"]>) =>
  kind === "without" || labels.length > 0;

/** Whether the series of an expression carry labels. */
function labelled(metric: Metric): boolean {
  switch (metric.kind) {
    case "range":
      return !metric.grouping || keepsLabels(metric.grouping);
    case "vector":
      if (/^(?:topk|bottomk|sort|sort_desc)$/.test(metric.fn)) return labelled(metric.of);
      return metric.grouping !== undefined && keepsLabels(metric.grouping);
    case "labelReplace":
      return true;
    case "binary":
      return labelled(metric.left) || (metric.op !== "and" && metric.op !== "unless" && labelled(metric.right));
    default:
      return false;
  }
}

export const vectorBesideGrouping = aboutNodes({
  name: "vector-beside-grouping",
  reason: "vector(0) has no labels: beside a grouping it fills no missing series, it only adds a stray one.",
  check: (part) => {
    const sides = part.kind === "binary" && part.op === "or" ? [part.left, part.right] : [];
    const vector = sides.find(({ kind }) => kind === "scalarVector");
    if (!vector || !sides.some(labelled)) return undefined;
    const suggestion =
      "fill each series with … or 0 * sum by (same labels) (a count of everything), or group by nothing";
    return { at: vector, message: "vector(…) stands beside series that carry labels", suggestion };
  },
});

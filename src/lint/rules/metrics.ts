import { type Aggregation, type Metric, parts, ranges, unwrapOf } from "../model.ts";
import { structural } from "../rule.ts";

/** The range functions that Loki lets group by themselves. Source: Loki 3.7, `RangeAggregationExpr.validate`. */
export const GROUPING = new Set(["avg", "min", "max", "stddev", "stdvar", "quantile", "first", "last"].map((name) => `${name}_over_time`));

const SAME: Readonly<Record<string, string>> = { max_over_time: "max", min_over_time: "min", avg_over_time: "avg" };

export const groupInside = structural(
  "group-inside",
  "Without its own grouping, an unwrapped range aggregation makes a series of every combination of parsed labels, to be merged afterwards.",
  (query) => {
    if (query.kind !== "metric") return [];
    const outer = parts(query.metric).filter((part): part is Aggregation => part.kind === "aggregate" && part.of.kind === "range");
    return ranges(query)
      .filter(({ fn, grouping, logs }) => GROUPING.has(fn) && !grouping && unwrapOf(logs))
      .map((range) => {
        const above = outer.find(({ of }) => of === range);
        const labels = above?.grouping ? `${above.grouping.kind} (${above.grouping.labels.join(", ")})` : above ? "by ()" : "by (…)";
        const instead = above && SAME[range.fn] === above.fn ? ` and drop the outer ${above.fn}` : "";
        return {
          offset: range.from,
          message: `${range.fn} of an unwrapped field is not grouped inside`,
          suggestion: `write ${range.fn}(…) ${labels}${instead}`,
        };
      });
  },
);

/** Whether the series of an expression carry labels. */
export function labelled(metric: Metric): boolean {
  switch (metric.kind) {
    case "range":
      return metric.grouping ? metric.grouping.kind === "without" || metric.grouping.labels.length > 0 : true;
    case "aggregate":
      if (/^(?:topk|bottomk|sort|sort_desc)$/.test(metric.fn)) return labelled(metric.of);
      return metric.grouping !== undefined && (metric.grouping.kind === "without" || metric.grouping.labels.length > 0);
    case "relabel":
      return true;
    case "binary":
      return labelled(metric.left) || (metric.op !== "and" && metric.op !== "unless" && labelled(metric.right));
    default:
      return false;
  }
}

export const vectorBesideGrouping = structural(
  "vector-beside-grouping",
  "vector(0) has no labels: beside a grouping it fills no missing series, it only adds a stray one.",
  (query) => {
    if (query.kind !== "metric") return [];
    return parts(query.metric).flatMap((part) => {
      if (part.kind !== "binary" || part.op !== "or") return [];
      const sides = [part.left, part.right];
      const vector = sides.find(({ kind }) => kind === "vector");
      const other = sides.find(({ kind }) => kind !== "vector");
      if (!vector || !other || !labelled(other)) return [];
      return [
        {
          offset: vector.from,
          message: "vector(…) stands beside series that carry labels",
          suggestion: "fill with … or 0 * sum by (same labels) (a count of everything), or group by nothing",
        },
      ];
    });
  },
);

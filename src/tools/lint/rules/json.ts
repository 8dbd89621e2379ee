import type { LogQuery, Query, RangeAggregation } from "../../../logql/ast.ts";
import { aboutRanges, nodesOf } from "../rule.ts";
import { comparedIn, isCondition, matchersOf } from "../stages.ts";
import { around, SAME } from "./metrics.ts";

/** The fields that a metric filters, unwraps or groups by, but for labels that its selector names. */
function usedFields(query: Query, { matchers, stages }: LogQuery): readonly string[] {
  const inStages = stages.flatMap((stage) => {
    if (stage.kind === "unwrap") return [stage.label];
    return isCondition(stage)
      ? [...matchersOf(stage.filter).map(({ label }) => label), ...comparedIn(stage.filter)]
      : [];
  });
  const grouped = nodesOf(query).flatMap((node) =>
    "grouping" in node && node.grouping?.kind === "by" ? node.grouping.labels : [],
  );
  const named = new Set(matchers.map(({ label }) => label));
  return [...new Set([...inStages, ...grouped])].filter((name) => name && !name.startsWith("__") && !named.has(name));
}

const PLAIN_STAGES: ReadonlySet<string> = new Set(["lineFilter", "json", "labelFilter", "unwrap"]);
const ADDING: ReadonlySet<string> = new Set([
  "count_over_time",
  "bytes_over_time",
  "rate",
  "bytes_rate",
  "sum_over_time",
]);

/** Whether labels that a range aggregation does not group by leave no trace in the answer. */
function mergesLabels(query: Query, range: RangeAggregation): boolean {
  if (range.grouping) return range.grouping.kind === "by";
  const above = around(query, range);
  if (!above || above.grouping?.kind === "without") return false;
  return (above.fn === "sum" && ADDING.has(range.fn)) || SAME[range.fn] === above.fn;
}

/** What to write instead of a bare `json`, where that is sure: a name with `_` may be the path of a nested field. */
function namedFields(query: Query, range: RangeAggregation): string | undefined {
  const fields = usedFields(query, range.logs);
  const plain =
    range.logs.stages.every(({ kind }) => PLAIN_STAGES.has(kind)) && fields.every((name) => !name.includes("_"));
  if (!plain || fields.length === 0 || !mergesLabels(query, range)) return undefined;
  return `| json ${fields.map((name) => `${name}="${name}"`).join(", ")}`;
}

export const jsonWithoutFields = aboutRanges({
  name: "json-without-fields",
  reason: "A metric needs a field or two; a bare json parser makes labels of all of them, on every line.",
  check: (range, { query }) => {
    const bare = range.logs.stages.filter((stage) => stage.kind === "json" && stage.fields.length === 0);
    if (bare.length === 0) return undefined;
    const instead = namedFields(query, range);
    const suggestion = instead
      ? `name the fields (not the stream labels): ${instead}, the same where they are texts or numbers at the top of the line`
      : 'name the fields that the metric needs by their paths, as | json level="log.level"; the others no longer tell series apart';
    const message = "| json extracts every field of the line for a metric";
    return bare.map((at) => ({ at, message, suggestion }));
  },
});

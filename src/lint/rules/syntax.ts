import { parts, type RangeAggregation, ranges, unwrapOf } from "../model.ts";
import { excerpt, type Rule } from "../rule.ts";
import { GROUPING } from "./metrics.ts";

const over = (...names: readonly string[]) => names.map((name) => `${name}_over_time`);
const COUNTS = new Set([...over("count", "bytes"), "bytes_rate"]);
const EITHER = new Set([...over("absent"), "rate"]);

/** What Loki refuses although the grammar reads it. Source: Loki 3.7, `RangeAggregationExpr.validate`. */
function refused({ fn, logs, grouping, window }: RangeAggregation): string | undefined {
  if (!window) return `${fn} has no window`;
  if (grouping && !GROUPING.has(fn)) return `Loki does not let ${fn} group by itself`;
  if (EITHER.has(fn) || COUNTS.has(fn) !== Boolean(unwrapOf(logs))) return undefined;
  return COUNTS.has(fn) ? `${fn} counts lines and takes no unwrap` : `${fn} needs an unwrap`;
}

/** A variable outside strings and windows can hold any piece of a query, so what does not parse with a stand-in may be right. */
export const syntax: Rule = {
  name: "syntax",
  reason: "A query that Loki cannot read is an empty panel or a rule that never fires.",
  check: ({ text, error, query, variables }) => {
    if (error !== undefined) {
      if (variables.some(({ place }) => place === "bare")) return [];
      const near = error < text.trimEnd().length ? `near ${JSON.stringify(excerpt(text, { from: error, to: error + 30 }))}` : "at its end";
      return [{ offset: error, message: `the query does not parse ${near}`, suggestion: "mend it there; Loki's format_query says what it expected" }];
    }
    if (!query) return [];
    return [
      ...(query.kind === "metric" ? parts(query.metric) : [])
        .filter(({ kind }) => kind === "logs")
        .map(({ from }) => ({ offset: from, message: "a log query is no operand", suggestion: "count it first: count_over_time({…} [5m])" })),
      ...ranges(query).flatMap((range) => {
        const message = refused(range);
        return message ? [{ offset: range.from, message, suggestion: "see the function in Loki's documentation of metric queries" }] : [];
      }),
    ];
  },
};

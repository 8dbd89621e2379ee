import { asList, asNumber, asText, get, type Json } from "../../../core/documents/json.ts";
import { durationSeconds } from "../../../core/durations.ts";
import type { About } from "../finding.ts";

/** The steps of a rule of Grafana: queries, and the expressions that judge them. */
export type Chain = Readonly<{
  queries: readonly Json[];
  expressions: readonly Json[];
  /** What the queries' values are compared with. */
  compared: readonly number[];
  /** Whether an expression makes other values of them. */
  calculates: boolean;
}>;

const SAME_UNIT: ReadonlySet<string> = new Set(["reduce", "threshold", "classic_conditions", "resample"]);
const COUNTING: ReadonlySet<string> = new Set(["count", "count_non_null", "diff", "percent_diff"]);

/** Reads the steps of a rule. */
export function chainOf(data: readonly Json[]): Chain {
  const queries = data.filter((step) => typeof get(step, "model", "expr") === "string");
  const expressions = data.filter((step) => !queries.includes(step)).map((step) => get(step, "model") ?? null);
  const conditions = expressions.flatMap((model) => asList(get(model, "conditions")));
  const compared = conditions.flatMap((condition) =>
    asList(get(condition, "evaluator", "params")).flatMap((value) => asNumber(value) ?? []),
  );
  const reducers = [
    ...expressions.map((model) => get(model, "reducer")),
    ...conditions.map((condition) => get(condition, "reducer", "type")),
  ];
  const counts = reducers.some((reducer) => COUNTING.has(asText(reducer) ?? ""));
  const calculates = counts || expressions.some((model) => !SAME_UNIT.has(asText(get(model, "type")) ?? "threshold"));
  return { queries, expressions, compared, calculates };
}

const secondsOf = (value: Json | undefined): number | undefined =>
  asNumber(value) ?? durationSeconds(asText(value) ?? "");
const isNamed = (text: string | undefined, refId: string) =>
  text === refId || text === `$${refId}` || text === `\${${refId}}`;

/** How a chain makes one value of each series of a query. */
function reducersOf(refId: string, { expressions }: Chain): readonly string[] {
  return expressions.flatMap((model) => {
    const reducer = asText(get(model, "reducer"));
    if (reducer !== undefined && isNamed(asText(get(model, "expression")), refId)) return [reducer];
    const own = asList(get(model, "conditions")).filter(
      (condition) => asText(asList(get(condition, "query", "params"))[0]) === refId,
    );
    return own.flatMap((condition) => asText(get(condition, "reducer", "type")) ?? []);
  });
}

/**
 * What a rule sees of a query's windows between two evaluations: an instant query one window,
 * a range query the windows of its whole range if they are reduced to one value.
 * Where the file does not say, nothing can be judged.
 */
export function watchOf(
  query: Json,
  chain: Chain,
  { interval }: Pick<About, "interval">,
): Pick<About, "interval" | "reduced"> {
  const model = get(query, "model");
  const type = asText(get(query, "queryType")) || asText(get(model, "queryType"));
  if (type === "instant" || (!type && get(model, "instant") === true)) return { interval };
  const range = get(query, "relativeTimeRange");
  const [from, to] = [secondsOf(get(range, "from")), secondsOf(get(range, "to")) ?? 0];
  const reducers = reducersOf(asText(get(query, "refId")) ?? "", chain);
  if (from === undefined || reducers.length === 0) return { interval: undefined };
  return reducers.every((reducer) => reducer === "last") ? { interval } : { interval, reduced: from - to };
}

import { answersOf, type Moments } from "./answers.ts";
import { evaluateChain } from "./expressions.ts";
import { lokiQuery } from "./loki-query.ts";
import type { Profile } from "./profile.ts";
import { failedResults, resultsOf } from "./results.ts";
import type { JudgedQuery, JudgedRule } from "./rule.ts";
import { evaluated, type Instances } from "./states.ts";
import type { Store } from "./store.ts";
import type { Value } from "./values.ts";

type Values = ReadonlyMap<string, readonly Value[]>;
/** What one evaluation gives: the state of each instance, and the values of each refId (none where Loki failed). */
type Step = Readonly<{ index: number; states: Instances; values: Values }>;
/** `isOut`: whether Loki answers nothing at the evaluation of that index. */
type Evaluating = Readonly<{ moments: Moments; profile: Profile; isOut?: (index: number) => boolean }>;

/** The queries of a rule, each with what Grafana asks Loki for it. */
export const queriesOf = ({ data }: JudgedRule, profile: Profile) =>
  data
    .filter((datum): datum is JudgedQuery => datum.kind === "query")
    .map((datum) => ({ ...datum, asks: lokiQuery(datum, profile) }));

/** Every evaluation of a rule over the lines of a store, one after the other. */
export async function evaluationsOf(
  rule: JudgedRule,
  store: Store,
  { moments, profile, isOut = () => false }: Evaluating,
): Promise<Iterable<Step>> {
  const queries = queriesOf(rule, profile);
  const answers = new Map(
    await Promise.all(queries.map(async ({ refId, asks }) => [refId, await answersOf(store, asks, moments)] as const)),
  );
  const { from, interval, count } = moments;
  return (function* () {
    let instances: Instances = new Map();
    for (let index = 0; index < count; index++) {
      const now = from + index * interval;
      const failed = isOut(index) ? queries[0] : undefined;
      const values: Values = failed
        ? new Map()
        : evaluateChain(rule, (refId) => answers.get(refId)!(index), { profile, now: now * 1000 });
      const results = failed ? failedResults(failed.datasourceUid, failed.refId) : resultsOf(rule, values, profile);
      const after = evaluated(instances, results, { rule, profile, now, interval });
      instances = after.instances;
      yield { index, states: after.states, values };
    }
  })();
}

import { answersOf, type Moments } from "./answers.ts";
import type { Case } from "./case.ts";
import { evaluateChain } from "./expressions.ts";
import { type Loki, push } from "./loki.ts";
import { lokiQuery } from "./loki-query.ts";
import type { Profile } from "./profile.ts";
import { failedResults, resultsOf } from "./results.ts";
import type { JudgedQuery } from "./rule.ts";
import { shiftOf } from "./shift.ts";
import { evaluated, type Instances } from "./states.ts";
import { untilQueried } from "./visible.ts";

/** One evaluation: seconds after `t0`, and what it said of each instance. */
export type Evaluation = Readonly<{ at: number; said: Instances }>;
/** Seconds after `t0` in which Loki answers nothing, not even that there is nothing. */
export type Outage = Readonly<{ from: number; to: number }>;

const queriesOf = ({ rule }: Case, profile: Profile) =>
  rule.data.filter((datum): datum is JudgedQuery => datum.kind === "query").map((datum) => ({ ...datum, asks: lokiQuery(datum, profile) }));

/** Gives a tenant the lines of a case, moved so that it ends now; returns where its `t0` is then, in seconds since 1970. */
export async function load(input: Case, loki: Loki, profile: Profile): Promise<number> {
  const queries = queriesOf(input, profile).map(({ asks }) => asks);
  const now = Date.now() / 1000;
  const start = Date.parse(input.t0) / 1000 + shiftOf(input, queries, now);
  const streams = input.streams.map(({ labels, entries }) => ({ labels, entries: entries.map(([time, line]) => [start + time, line] as const) }));
  await push(loki, streams);
  await untilQueried(loki, streams, now);
  return start;
}

/** Every evaluation of a case whose lines a tenant has since `start`. */
export async function evaluateCase(input: Case, loki: Loki, profile: Profile, start: number, outages: readonly Outage[] = []): Promise<readonly Evaluation[]> {
  const { rule, from, to, interval } = input;
  const queries = queriesOf(input, profile);
  const moments: Moments = { from: start + from, interval, count: Math.ceil((to - from) / interval) };
  const answers = new Map(await Promise.all(queries.map(async ({ refId, asks }) => [refId, await answersOf(loki, asks, moments)] as const)));
  let instances: Instances = new Map();
  return Array.from({ length: moments.count }, (_, index) => {
    const at = from + index * interval;
    const failed = outages.some((outage) => outage.from <= at && at < outage.to) ? queries[0] : undefined;
    const values = () => evaluateChain(rule, (refId) => answers.get(refId)!(index), profile, (start + at) * 1000);
    const results = failed ? failedResults(failed.datasourceUid, failed.refId) : resultsOf(rule, values(), profile);
    const after = evaluated(instances, results, { rule, profile, now: start + at }, { interval });
    instances = after.instances;
    return { at, said: after.said };
  });
}

/** Every evaluation of a case, on its lines in a tenant of its own. */
export const judge = async (input: Case, loki: Loki, profile: Profile, outages: readonly Outage[] = []): Promise<readonly Evaluation[]> =>
  evaluateCase(input, loki, profile, await load(input, loki, profile), outages);

import { answersOf, type Moments } from "./answers.ts";
import type { Case } from "./case.ts";
import { evaluateChain } from "./expressions.ts";
import { lokiQuery } from "./loki-query.ts";
import type { Profile } from "./profile.ts";
import { failedResults, resultsOf } from "./results.ts";
import type { JudgedQuery } from "./rule.ts";
import { shiftOf } from "./shift.ts";
import { evaluated, type Instances } from "./states.ts";
import type { Store, Stores } from "./store.ts";

/** One evaluation: seconds after `t0`, and the state it gave each instance. */
export type Evaluation = Readonly<{ at: number; states: Instances }>;
/** Seconds after `t0` in which Loki answers nothing, not even that there is nothing. */
export type Outage = Readonly<{ from: number; to: number }>;

const queriesOf = ({ rule }: Case, profile: Profile) =>
  rule.data
    .filter((datum): datum is JudgedQuery => datum.kind === "query")
    .map((datum) => ({ ...datum, asks: lokiQuery(datum, profile) }));

/** A case's lines in a store, and where its `t0` is there, in seconds since 1970. */
export type Loaded = Readonly<{ store: Store; start: number }>;

/** Gives a store the lines of a case, moved so that it ends now where the store wants it so. */
export async function load(input: Case, stores: Stores, profile: Profile): Promise<Loaded> {
  const queries = queriesOf(input, profile).map(({ asks }) => asks);
  const start = Date.parse(input.t0) / 1000 + (stores.recent ? shiftOf(input, { queries, now: Date.now() / 1000 }) : 0);
  const streams = input.streams.map(({ labels, entries }) => ({
    labels,
    entries: entries.map(([time, line]) => [start + time, line] as const),
  }));
  return { store: await stores.hold(streams), start };
}

/** The version that judges, and when Loki does not answer. */
export type Judging = Readonly<{ profile: Profile; outages?: readonly Outage[] }>;

/** Every evaluation of a case over its lines. */
export async function evaluateCase(
  input: Case,
  { store, start }: Loaded,
  { profile, outages = [] }: Judging,
): Promise<readonly Evaluation[]> {
  const { rule, from, to, interval } = input;
  const queries = queriesOf(input, profile);
  const moments: Moments = { from: start + from, interval, count: Math.ceil((to - from) / interval) };
  const answers = new Map(
    await Promise.all(queries.map(async ({ refId, asks }) => [refId, await answersOf(store, asks, moments)] as const)),
  );
  let instances: Instances = new Map();
  return Array.from({ length: moments.count }, (_, index) => {
    const at = from + index * interval;
    const failed = outages.some((outage) => outage.from <= at && at < outage.to) ? queries[0] : undefined;
    const values = () =>
      evaluateChain(rule, (refId) => answers.get(refId)!(index), { profile, now: (start + at) * 1000 });
    const results = failed ? failedResults(failed.datasourceUid, failed.refId) : resultsOf(rule, values(), profile);
    const after = evaluated(instances, results, { rule, profile, now: start + at, interval });
    instances = after.instances;
    return { at, states: after.states };
  });
}

/** Every evaluation of a case, in a store of its own. */
export const judge = async (input: Case, stores: Stores, judging: Judging): Promise<readonly Evaluation[]> =>
  evaluateCase(input, await load(input, stores, judging.profile), judging);

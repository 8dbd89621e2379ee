import type { Case } from "./case.ts";
import { evaluationsOf, queriesOf } from "./evaluations.ts";
import type { Profile } from "./profile.ts";
import { shiftOf } from "./shift.ts";
import type { Instances } from "./states.ts";
import type { Store, Stores } from "./store.ts";

/** One evaluation: seconds after `t0`, and the state it gave each instance. */
export type Evaluation = Readonly<{ at: number; states: Instances }>;
/** Seconds after `t0` in which Loki answers nothing, not even that there is nothing. */
export type Outage = Readonly<{ from: number; to: number }>;

/** A case's lines in a store, and where its `t0` is there, in seconds since 1970. */
export type Loaded = Readonly<{ store: Store; start: number }>;

/** Gives a store the lines of a case, moved so that it ends now where the store wants it so. */
export async function load(input: Case, stores: Stores, profile: Profile): Promise<Loaded> {
  const queries = queriesOf(input.rule, profile).map(({ asks }) => asks);
  const start = Date.parse(input.t0) / 1000 + (stores.recent ? shiftOf(input, { queries, now: Date.now() / 1000 }) : 0);
  const streams = input.streams.map(({ labels, entries }) => ({
    labels,
    entries: entries.map(([time, line]) => [start + time, line] as const),
  }));
  return { store: await stores.hold(streams), start };
}

/** The version that judges, and when Loki does not answer. */
type Judging = Readonly<{ profile: Profile; outages?: readonly Outage[] }>;

/** Every evaluation of a case over its lines. */
export async function evaluateCase(
  { rule, from, to, interval }: Case,
  { store, start }: Loaded,
  { profile, outages = [] }: Judging,
): Promise<readonly Evaluation[]> {
  const moments = { from: start + from, interval, count: Math.ceil((to - from) / interval) };
  const at = (index: number) => from + index * interval;
  const isOut = (index: number) => outages.some((outage) => outage.from <= at(index) && at(index) < outage.to);
  const steps = await evaluationsOf(rule, store, { moments, profile, isOut });
  return Array.from(steps, ({ index, states }) => ({ at: at(index), states }));
}

/** Every evaluation of a case, in a store of its own. */
export const judge = async (input: Case, stores: Stores, judging: Judging): Promise<readonly Evaluation[]> =>
  evaluateCase(input, await load(input, stores, judging.profile), judging);

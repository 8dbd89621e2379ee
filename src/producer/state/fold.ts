import type { Config } from "../../core/config/schema.ts";
import type { Change, OpenFailures } from "../../core/record/recovery.ts";
import { overlap, type Share } from "../inputs/share.ts";
import { type KnownStreams, standing } from "../judging/streams.ts";
import { type KnownInputs, knownInputs } from "./known-inputs.ts";
import {
  isFailure,
  isLabels,
  labelsKeyOf,
  type ObjectState,
  readFailure,
  readLeaseClaim,
  readObjectState,
  shareOf,
  stateKeyOf,
} from "./shape.ts";

/** One message of the state topic; `time` is the broker's, in milliseconds since 1970. */
export type StateMessage = Readonly<{ time: number; key: string; value: string | undefined }>;

/** The most that a claim gets, whatever it asks for: no message keeps the others out for ever. */
const LONGEST_LEASE_MS = 60_000;

type Lease = Readonly<{ share: Share; holder: string; at: number; ttl: number }>;
type Noted = Readonly<{ time: number; state: ObjectState }>;
/**
 * The state topic up to some offset: the progress of each input, the failures that are open,
 * when labels were last noted, and who may write. `time` is the broker's latest.
 * `inputs` has all inputs, `objects` in full those that are not complete and the latest.
 */
export type State = {
  inputs: KnownInputs;
  objects: Map<string, Noted>;
  failures: OpenFailures;
  labels: Map<string, number>;
  leases: Map<string, Lease>;
  time: number;
};

export const emptyState = (): State => ({
  inputs: knownInputs(),
  objects: new Map(),
  failures: new Map(),
  labels: new Map(),
  leases: new Map(),
  time: 0,
});

/** So many states of complete inputs are kept in full: those of inputs that change again and again are among them. */
const MOST_OBJECTS = 1000;

/** Keeps the state of an input in full, and lets go of the oldest complete one when there are too many. */
export function keep({ objects }: Pick<State, "objects">, key: string, noted: Noted, most = MOST_OBJECTS): void {
  objects.delete(key);
  // Where to look for what was sent and not noted: nothing, once all was.
  objects.set(key, noted.state.complete ? { ...noted, state: { ...noted.state, from: {} } } : noted);
  for (let tries = 0; objects.size > most && tries < 10; tries++) {
    const [oldest, held] = objects.entries().next().value!;
    objects.delete(oldest);
    if (!held.state.complete) objects.set(oldest, held);
  }
}

/** Takes the next message in, if its shape is right. Every reader comes to the same state, compacted or not. */
export function takeIn(state: State, { time, key, value }: StateMessage): void {
  state.time = Math.max(state.time, time);
  const share = shareOf(key);
  if (share) {
    const claim = value === undefined ? undefined : readLeaseClaim(value);
    const ttl = Math.min(claim?.ttl ?? 0, LONGEST_LEASE_MS);
    if (!claim || !isFree(state, share, { time, holder: claim.holder })) return;
    // Those that have expired: whoever held one of them must see that it is gone.
    for (const [name, lease] of state.leases) if (overlap(lease.share, share)) state.leases.delete(name);
    state.leases.set(key, { share, holder: claim.holder, ttl, at: time });
  } else if (isFailure(key)) {
    const failure = value === undefined ? undefined : readFailure(value);
    if (value === undefined) state.failures.delete(key);
    else if (failure) state.failures.set(key, failure.fin);
  } else if (isLabels(key)) {
    if (value === undefined) state.labels.delete(labelsKeyOf(key));
    else state.labels.set(labelsKeyOf(key), time);
  } else {
    const read = value === undefined ? undefined : readObjectState(value);
    if (value === undefined) {
      state.objects.delete(key);
      state.inputs.drop(key);
    }
    if (!read) return;
    keep(state, key, { time, state: read });
    state.inputs.note(key, read.complete ? read.version : undefined, time);
    for (const [name, lease] of state.leases)
      if (lease.holder === read.holder) state.leases.set(name, { ...lease, at: time });
  }
}

/** Whether a claim of `holder` at the broker's `time` is effective: nobody else holds a share with inputs in common. */
export function isFree(
  { leases }: State,
  share: Share,
  { time, holder }: Readonly<{ time: number; holder?: string }>,
): boolean {
  for (const lease of leases.values())
    if (lease.holder !== holder && time < lease.at + lease.ttl && overlap(lease.share, share)) return false;
  return true;
}

/** Who holds what a share needs, if anybody does. */
export function holderOf({ leases }: State, share: Share): string | undefined {
  const others = [...leases.values()].filter((lease) => lease.ttl > 0 && overlap(lease.share, share));
  return others.toSorted((a, b) => b.at - a.at)[0]?.holder;
}

/** What stores what a delivered batch opened and closed: each failure's last change, a tombstone for a recovery. */
export function failureMessages(changes: Iterable<Change | undefined>): { key: string; value: string | null }[] {
  const last = new Map<string, string | undefined>();
  for (const change of changes) if (change) last.set(change.key, change.fin);
  return [...last].map(([key, fin]) => ({ key, value: fin === undefined ? null : JSON.stringify({ fin }) }));
}

/** The labels that are known now, and the keys of those that are no longer. */
export function knownStreams(
  { labels, time }: State,
  limits: Pick<Config["producer"], "streamsKept">,
): { streams: KnownStreams; gone: readonly string[] } {
  const all = [...labels].map(([key, noted]) => ({ key, standing: standing(key, time - noted, limits) }));
  return {
    streams: new Map(
      all.flatMap(({ key, standing }) => (standing === "gone" ? [] : [[key, standing === "fresh"] as const])),
    ),
    gone: all.flatMap(({ key, standing }) => (standing === "gone" ? [stateKeyOf(key)] : [])),
  };
}

/** What notes labels as seen now. */
export const labelsMessages = (keys: readonly string[]): { key: string; value: string }[] =>
  keys.map((key) => ({ key: stateKeyOf(key), value: "{}" }));

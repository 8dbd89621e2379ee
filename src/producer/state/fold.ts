import type { Config } from "../../core/config/schema.ts";
import type { Change, OpenFailures } from "../../core/record/recovery.ts";
import { type KnownStreams, standing } from "../streams.ts";
import {
  isFailure,
  isLabels,
  labelsKeyOf,
  type ObjectState,
  readFailure,
  readLeaseClaim,
  readObjectState,
  stateKeyOf,
  WRITER,
} from "./shape.ts";

/** One message of the state topic; `time` is the broker's, in milliseconds since 1970. */
export type StateMessage = Readonly<{ time: number; key: string; value: string | undefined }>;

/** The most that a claim gets, whatever it asks for: no message keeps the others out for ever. */
export const LONGEST_LEASE_MS = 60_000;

type Lease = Readonly<{ holder: string; at: number; ttl: number }>;
type Noted = Readonly<{ time: number; state: ObjectState }>;
/** The state topic up to some offset: the progress of each input, the failures that are open, when labels were last noted, and who may write. `time` is the broker's latest. */
export type State = {
  objects: Map<string, Noted>;
  failures: OpenFailures;
  labels: Map<string, number>;
  lease: Lease | undefined;
  time: number;
};

export const emptyState = (): State => ({
  objects: new Map(),
  failures: new Map(),
  labels: new Map(),
  lease: undefined,
  time: 0,
});

/** Takes the next message in; one that is not of its shape is passed over. Every reader of the topic comes to the same state, compacted or not. */
export function takeIn(state: State, { time, key, value }: StateMessage): void {
  state.time = Math.max(state.time, time);
  if (key === WRITER) {
    const claim = value === undefined ? undefined : readLeaseClaim(value);
    if (claim && isFree(state, time, claim.holder))
      state.lease = { holder: claim.holder, ttl: Math.min(claim.ttl, LONGEST_LEASE_MS), at: time };
  } else if (isFailure(key)) {
    const failure = value === undefined ? undefined : readFailure(value);
    if (value === undefined) state.failures.delete(key);
    else if (failure) state.failures.set(key, failure.fin);
  } else if (isLabels(key)) {
    if (value === undefined) state.labels.delete(labelsKeyOf(key));
    else state.labels.set(labelsKeyOf(key), time);
  } else {
    const read = value === undefined ? undefined : readObjectState(value);
    if (value === undefined) state.objects.delete(key);
    else if (read) state.objects.set(key, { time, state: read });
    if (read && state.lease?.holder === read.holder) state.lease = { ...state.lease, at: time };
  }
}

/** Whether a claim of `holder` that stands at the broker's `time` is effective. */
export function isFree({ lease }: State, time: number, holder?: string): boolean {
  return lease === undefined || lease.holder === holder || time >= lease.at + lease.ttl;
}

/** The keys and values that store what a delivered batch opened and closed: the last change of each failure, a tombstone for a recovery. */
export function failureMessages(changes: Iterable<Change | undefined>): { key: string; value: string | null }[] {
  const last = new Map<string, string | undefined>();
  for (const change of changes) if (change) last.set(change.key, change.fin);
  return [...last].map(([key, fin]) => ({ key, value: fin === undefined ? null : JSON.stringify({ fin }) }));
}

/** The inputs that may be forgotten: keys under `prefix`, not `listed`, last noted before `time`. */
export function forgettable({ objects }: State, prefix: string, listed: ReadonlySet<string>, time: number): string[] {
  return [...objects].flatMap(([key, noted]) =>
    key.startsWith(prefix) && !listed.has(key) && noted.time < time ? [key] : [],
  );
}

/** The labels that are known now, and the keys of those that are no longer. */
export function knownStreams(
  { labels, time }: State,
  limits: Pick<Config["producer"], "streamsKept">,
): { known: KnownStreams; gone: readonly string[] } {
  const all = [...labels].map(([key, noted]) => ({ key, standing: standing(key, noted, time, limits) }));
  return {
    known: new Map(
      all.flatMap(({ key, standing }) => (standing === "gone" ? [] : [[key, standing === "fresh"] as const])),
    ),
    gone: all.flatMap(({ key, standing }) => (standing === "gone" ? [stateKeyOf(key)] : [])),
  };
}

/** What notes labels as seen now. */
export const labelsMessages = (keys: readonly string[]): { key: string; value: string }[] =>
  keys.map((key) => ({ key: stateKeyOf(key), value: "{}" }));

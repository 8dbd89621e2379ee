import { setTimeout } from "node:timers/promises";
import pMap from "p-map";
import { type LokiAddress, reasonOf } from "../core/loki.ts";
import type { Labels } from "../core/record/labels.ts";
import { missingOf } from "./present.ts";
import { type Answer, type Entry, pushStream } from "./push.ts";
import { type Stream, streamsOf } from "./streams.ts";

export type Refused<E extends Entry> = Readonly<{ entry: E; reason: string }>;
type DeliveryOptions<E extends Entry> = Readonly<{
  loki: LokiAddress;
  labelsOf: (entry: E) => Labels;
  /** Whether Loki may hold the entry already, from a push whose answer nobody heard. */
  isDoubtful: (entry: E) => boolean;
  /** Told before each new attempt. */
  onRetry: (reason: string) => void;
  onAnswer: () => void;
  /** Told when Loki has no room for a stream; whether to try again once the others have gone, or to give it up. */
  onFull: (reason: string) => "wait" | "give up";
  /** Ends the attempts once one has failed; `deliver` then rejects. */
  signal: AbortSignal;
}>;

const AT_ONCE = 8;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;

/**
 * Brings entries to Loki, each once, however long Loki is away, and returns those that Loki refused.
 * Streams that it has no room for wait until the others have gone.
 * One push in flight per stream: after a crash Loki 3.7 loses lines of a stream that two pushes wrote at the same time.
 */
export async function deliver<E extends Entry>(
  entries: readonly E[],
  options: DeliveryOptions<E>,
): Promise<Refused<E>[]> {
  const refused: Refused<E>[] = [];
  const pause = pauses(options.signal);
  let waiting = streamsOf(entries, { labelsOf: options.labelsOf, now: Date.now() });
  for (;;) {
    waiting = await deliverStreams(waiting, refused, options);
    if (waiting.length === 0) return refused;
    await pause();
  }
}

/** A pause between two attempts, each twice as long as the one before; throws once `signal` is aborted. */
function pauses(signal: AbortSignal): () => Promise<void> {
  let wait = FIRST_WAIT_MS;
  return async () => {
    await setTimeout(wait, undefined, { signal }).catch(() => {});
    signal.throwIfAborted();
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };
}

/** Tries each stream, adding what was refused to `refused`; gives what is left of those that Loki has no room for. */
async function deliverStreams<E extends Entry>(
  streams: readonly Stream<E>[],
  refused: Refused<E>[],
  options: DeliveryOptions<E>,
): Promise<Stream<E>[]> {
  const crowded: Stream<E>[] = [];
  const bring = async ({ labels, parts }: Stream<E>) => {
    for (const [index, part] of parts.entries()) {
      const answer = await deliverPart({ labels, part, isDoubtful: part.some(options.isDoubtful) }, options);
      if (answer === NO_ROOM_YET) {
        crowded.push({ labels, parts: parts.slice(index) });
        return;
      }
      refused.push(...answer);
    }
  };
  const each = (stream: Stream<E>) => bring(stream).catch((error) => ({ error }));
  // Each push is waited for, whatever became of another: none may be in flight when the same entries come again.
  const failed = (await pMap(streams, each, { concurrency: AT_ONCE })).find((end) => end !== undefined);
  if (failed) throw failed.error;
  return crowded;
}

const NO_ROOM_YET = "no room yet";

async function deliverPart<E extends Entry>(
  { labels, part, isDoubtful }: Readonly<{ labels: Labels; part: readonly E[]; isDoubtful: boolean }>,
  options: DeliveryOptions<E>,
): Promise<Refused<E>[] | typeof NO_ROOM_YET> {
  const { loki, onRetry, onAnswer, onFull, signal } = options;
  const pause = pauses(signal);
  let doubtful = isDoubtful;
  for (;;) {
    try {
      const left = doubtful ? await missingOf(loki, { labels, entries: part }) : part;
      const answer: Answer = left.length === 0 ? { kind: "stored" } : await pushStream(loki, { labels, entries: left });
      if (answer.kind !== "away" && answer.kind !== "unknown") onAnswer();
      if (answer.kind === "stored") return [];
      if (answer.kind === "refused")
        return left.slice(0, answer.count).map((entry) => ({ entry, reason: answer.reason }));
      if (answer.kind === "full")
        return onFull(answer.reason) === "wait" ? NO_ROOM_YET : left.map((entry) => ({ entry, reason: answer.reason }));
      doubtful ||= answer.kind !== "away";
      if (answer.kind === "partly") return await deliverSingly({ labels, entries: left }, options);
      onRetry(answer.reason);
    } catch (error) {
      signal.throwIfAborted();
      onRetry(reasonOf(error));
    }
    await pause();
  }
}

/** After Loki refused some without saying which: those that it does not hold, one by one. */
async function deliverSingly<E extends Entry>(
  { labels, entries }: Readonly<{ labels: Labels; entries: readonly E[] }>,
  options: DeliveryOptions<E>,
): Promise<Refused<E>[]> {
  const refused: Refused<E>[] = [];
  for (const entry of await missingOf(options.loki, { labels, entries })) {
    const answer = await deliverPart({ labels, part: [entry], isDoubtful: false }, options);
    // The stream was there a moment ago: all of it is tried again.
    if (answer === NO_ROOM_YET) throw new Error(answer);
    refused.push(...answer);
  }
  return refused;
}

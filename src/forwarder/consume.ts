import { setTimeout } from "node:timers/promises";
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from "kafkajs";
import { LEAVE_TIMEOUT } from "../core/stopping.ts";
import type { Entry } from "./push.ts";

/** A message of Kafka as Loki's entry: its line is the message's value, its time the message's. */
export type Message = Entry & Readonly<{ partition: number; offset: string }>;

/** Brings messages where they belong; an earlier process may have pushed the `doubtful`, first of an assignment. */
export type Handle = (
  messages: readonly Message[],
  around: Readonly<{ doubtful: ReadonlySet<Message>; signal: AbortSignal }>,
) => Promise<void>;

type ConsumerOptions = Readonly<{
  kafka: Kafka;
  topic: string;
  groupId: string;
  handle: Handle;
  /** What happened to the consumer: it has joined its group, or why it has not. */
  onState: (fault: string | undefined) => void;
}>;
export type Running = Readonly<{ stop(): Promise<void> }>;

/** The most messages between two commits, and therefore the most that a crash leaves in doubt per partition. */
export const MOST_MESSAGES = 5000;
const HEARTBEAT_MS = 2000;
const AGAIN_MS = 1000;

/**
 * Reads a topic from where its group stands (else from the start) for ever, whatever becomes of Kafka.
 * An offset is committed once `handle` has returned.
 */
export function consume(options: ConsumerOptions): Running {
  const stopping = new AbortController();
  const ended = (async () => {
    while (!stopping.signal.aborted) {
      const fault = await consumeUntilCrash(options, stopping.signal).catch((error: Error) => error);
      if (!fault) return;
      options.onState(`Kafka's topic ${options.topic} is not read: ${fault.message}`);
      await setTimeout(AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    stop: () => {
      stopping.abort(new Error("stopped"));
      return ended;
    },
  };
}

/** Resolves with the error that ended the consumer, or with nothing once it was stopped. */
async function consumeUntilCrash(
  { kafka, topic, groupId, handle, onState }: ConsumerOptions,
  stopping: AbortSignal,
): Promise<Error | undefined> {
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: 6000,
    heartbeatInterval: HEARTBEAT_MS,
    maxWaitTimeInMs: 250,
    minBytes: 1,
    maxBytesPerPartition: 4 * 1024 * 1024,
    allowAutoTopicCreation: false,
    retry: { retries: 5, restartOnFailure: async () => false },
  });
  let doubts = new Map<number, Doubt>();
  const crashed = new Promise<Error>((resolve) =>
    consumer.on("consumer.crash", ({ payload }) => resolve(payload.error)),
  );
  consumer.on("consumer.group_join", () => {
    doubts = new Map();
    onState(undefined);
  });
  const stopped = new Promise<undefined>((resolve) =>
    stopping.addEventListener("abort", () => resolve(undefined), { once: true }),
  );
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => eachBatch(payload, { handle, doubts, stopping }),
    });
    return await Promise.race([crashed, stopped]);
  } finally {
    await disconnected(consumer);
  }
}

const disconnected = (consumer: Consumer) =>
  Promise.race([consumer.disconnect(), setTimeout(LEAVE_TIMEOUT.value * 1000, undefined, { ref: false })]).catch(
    () => {},
  );

/**
 * What of a partition an earlier process may have pushed without a commit:
 * the next `left` messages, as far as they were there (`until`) when this one began.
 */
type Doubt = { left: number; until: bigint };
type BatchOptions = Readonly<{ doubts: Map<number, Doubt>; stopping: AbortSignal }> & Pick<ConsumerOptions, "handle">;

async function eachBatch(
  { batch, resolveOffset, commitOffsetsIfNecessary, heartbeat }: EachBatchPayload,
  { handle, doubts, stopping }: BatchOptions,
) {
  const { topic, partition } = batch;
  const doubt = doubts.get(partition) ?? { left: MOST_MESSAGES, until: BigInt(batch.highWatermark) };
  doubts.set(partition, doubt);
  const lost = new AbortController();
  const beating = setInterval(() => void heartbeat().catch((error) => lost.abort(error)), HEARTBEAT_MS);
  const signal = AbortSignal.any([stopping, lost.signal]);
  try {
    for (let from = 0; from < batch.messages.length && !stopping.aborted; from += MOST_MESSAGES) {
      const messages = batch.messages.slice(from, from + MOST_MESSAGES).map((message) => messageOf(partition, message));
      const doubtful = new Set(messages.slice(0, doubt.left).filter(({ offset }) => BigInt(offset) < doubt.until));
      await handle(messages, { doubtful, signal });
      doubt.left = Math.max(0, doubt.left - messages.length);
      const isLast = from + MOST_MESSAGES >= batch.messages.length;
      const last = isLast ? batch.lastOffset() : messages.at(-1)!.offset;
      resolveOffset(messages.at(-1)!.offset);
      await commitOffsetsIfNecessary({
        topics: [{ topic, partitions: [{ partition, offset: String(BigInt(last) + 1n) }] }],
      });
    }
    await heartbeat();
  } catch (error) {
    // The same messages come again, and their push may have arrived.
    doubts.delete(partition);
    if (!stopping.aborted) throw error;
  } finally {
    clearInterval(beating);
  }
}

const messageOf = (partition: number, { timestamp, value, offset }: KafkaMessage): Message => ({
  time: Number(timestamp),
  line: value ?? Buffer.alloc(0),
  partition,
  offset,
});

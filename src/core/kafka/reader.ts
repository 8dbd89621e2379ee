import { randomUUID } from "node:crypto";
import type { Consumer, Kafka, KafkaMessage } from "kafkajs";
import { UserError } from "../errors.ts";
import { type Offsets, withAdmin } from "./admin.ts";

const IDLE_MS = 60_000;
const POLL_MS = 100;
/** At a time; more would only lie in memory. */
const FETCH_BYTES = 256 * 1024;

export type Read = Readonly<{ topic: string; partition: number; offset: number; message: KafkaMessage }>;
type Reading = Readonly<{ topics: readonly string[]; from?: Offsets; each: (read: Read) => void }>;
/**
 * Reads topics as they grow, each message once. `check` throws when it cannot reach Kafka any more.
 * `until` resolves once all before these offsets was read; it throws a `UserError` after a minute without a message.
 */
type Reader = Readonly<{ until(ends: Offsets): Promise<void>; check(): Promise<void>; close(): Promise<void> }>;

/** Reads from `from` or the start; leaves no trace in Kafka. One that has lost Kafka is replaced at the next call. */
export function topicReader(kafka: Kafka, { topics, from = {}, each }: Reading): Reader {
  const next: Offsets = Object.fromEntries(topics.map((topic) => [topic, { ...from[topic] }]));
  let running: { consumer: Consumer; groupId: string; failed?: Error } | undefined;
  let moved = Date.now();
  let arrived = () => {};

  const start = async () => {
    const groupId = `${topics[0]}-${randomUUID()}`;
    const retry = { retries: 4, initialRetryTime: 200, maxRetryTime: 2000, restartOnFailure: async () => false };
    const fetching = { maxWaitTimeInMs: POLL_MS, maxBytesPerPartition: FETCH_BYTES };
    const consumer = kafka.consumer({ groupId, ...fetching, allowAutoTopicCreation: false, retry });
    const mine: typeof running = { consumer, groupId };
    running = mine;
    consumer.on("consumer.crash", ({ payload }) => {
      mine.failed = payload.error;
      arrived();
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const seen = next[batch.topic] ?? {};
        const first = seen[batch.partition] ?? 0;
        for (const message of batch.messages) {
          const offset = Number(message.offset);
          if (offset >= first) each({ topic: batch.topic, partition: batch.partition, offset, message });
        }
        // Compaction leaves gaps: the last offset counts, not the number of messages.
        seen[batch.partition] = Math.max(first, Number(batch.lastOffset()) + 1);
        moved = Date.now();
        arrived();
      },
    });
    for (const topic of topics)
      for (const [partition, offset] of Object.entries(next[topic] ?? {}))
        consumer.seek({ topic, partition: Number(partition), offset: String(offset) });
  };
  const stop = async () => {
    const stopped = running;
    running = undefined;
    if (!stopped) return;
    await stopped.consumer.disconnect().catch(() => {});
    // The group is empty and would expire by itself: a failure to delete it is no failure of the run.
    await withAdmin(kafka, (admin) => admin.deleteGroups([stopped.groupId])).catch(() => {});
  };
  const renew = async () => {
    if (running?.failed) await stop();
    if (running) return false;
    await start().catch(async (error) => {
      await stop();
      throw error;
    });
    return true;
  };
  const reached = (ends: Offsets) =>
    Object.entries(ends).every(([topic, partitions]) =>
      Object.entries(partitions).every(([partition, end]) => (next[topic]?.[partition] ?? 0) >= end),
    );
  return {
    async until(ends) {
      moved = Date.now();
      while (!reached(ends)) {
        if (await renew()) continue;
        if (Date.now() - moved > IDLE_MS)
          throw new UserError(
            `The topic ${topics.join(", ")} brought nothing for ${IDLE_MS / 1000} s; run it again when Kafka has less to do.`,
          );
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 1000);
          arrived = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    check: async () => void (await renew()),
    close: stop,
  };
}

import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Admin, Kafka, KafkaMessage } from "kafkajs";

/** What a partition holds: the messages from offset `low` up to, and without, `high`. */
export type Held = Readonly<{ topic: string; partition: number; low: number; high: number }>;
export type Read = Readonly<{ topic: string; partition: number; offset: number; message: KafkaMessage }>;

const STALLED_MS = 60_000;

/** What the topics hold now; a topic that does not exist is left out. */
export async function heldBy(admin: Admin, topics: readonly string[]): Promise<readonly Held[]> {
  const existing = new Set(await admin.listTopics());
  const held = await Promise.all(
    topics
      .filter((topic) => existing.has(topic))
      .map(async (topic) =>
        (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => ({
          topic,
          partition,
          low: Number(low),
          high: Number(high),
        })),
      ),
  );
  return held.flat().sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
}

/**
 * Reads what the partitions hold, each in the order of its offsets, and leaves no trace in Kafka. `progress` gets the number of offsets
 * passed so far. Rejects when Kafka gives up, or nothing comes for a minute.
 */
export async function readHeld(
  { kafka, admin, held }: Readonly<{ kafka: Kafka; admin: Admin; held: readonly Held[] }>,
  each: (read: Read) => void,
  progress: (offsets: number) => void = () => {},
): Promise<void> {
  const wanted = held.filter(({ low, high }) => low < high);
  if (wanted.length === 0) return;
  const left = new Map(wanted.map((partition) => [`${partition.topic} ${partition.partition}`, partition]));
  const groupId = `read-once-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, allowAutoTopicCreation: false });
  const ended = new AbortController();
  const passed = new Map<string, number>();
  let batches = 0;
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...new Set(wanted.map(({ topic }) => topic))], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      watch(() => batches, ended.signal).catch(reject);
      consumer.on("consumer.crash", ({ payload }) => reject(payload.error));
      const eachBatch: NonNullable<Parameters<typeof consumer.run>[0]>["eachBatch"] = async ({ batch }) => {
        const { topic, partition, messages } = batch;
        batches++;
        const id = `${topic} ${partition}`;
        const goal = left.get(id);
        if (!goal) return;
        for (const message of messages) {
          const offset = Number(message.offset);
          if (offset < goal.high) each({ topic, partition, offset, message });
        }
        const next = Number(batch.lastOffset()) + 1;
        passed.set(id, Math.min(next, goal.high) - goal.low);
        progress([...passed.values()].reduce((sum, count) => sum + count, 0));
        if (next < goal.high) return;
        left.delete(id);
        consumer.pause([{ topic, partitions: [partition] }]);
        if (left.size === 0) resolve();
      };
      consumer.run({ autoCommit: false, eachBatch, partitionsConsumedConcurrently: wanted.length }).catch(reject);
    });
  } finally {
    ended.abort();
    await consumer.disconnect().catch(() => {});
    // The group is empty and would expire by itself: a failure to delete it is no failure of the reading.
    await admin.deleteGroups([groupId]).catch(() => {});
  }
}

async function watch(batches: () => number, signal: AbortSignal): Promise<void> {
  for (let before = -1; !signal.aborted; before = batches()) {
    if (before === batches()) throw new Error(`no message came for ${STALLED_MS / 1000} s`);
    await setTimeout(STALLED_MS, undefined, { signal }).catch(() => {});
  }
}

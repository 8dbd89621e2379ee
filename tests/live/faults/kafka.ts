import { randomUUID } from "node:crypto";
import { type Admin, Kafka, logLevel, type Message } from "kafkajs";
import { topics } from "../../../src/core/topics.ts";

const client = (brokers: string) =>
  new Kafka({
    clientId: "faults",
    brokers: brokers.split(","),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2000,
    retry: { retries: 2 },
  });

/** Offsets by partition. */
export type Offsets = Readonly<Record<number, number>>;
export type KafkaWatch = Readonly<{
  /** What a topic holds; rejects while the broker is away. */
  ends: (topic: string) => Promise<Offsets>;
  /** How far a consumer group has come; nothing for a partition that it has not begun. */
  committed: (group: string, topic: string) => Promise<Offsets>;
  close: () => Promise<void>;
}>;

/** Looks at offsets through a connection that is made anew after an error. */
export function watchKafka(brokers: string): KafkaWatch {
  let admin: Promise<Admin> | undefined;
  const open = async () => {
    const opened = client(brokers).admin();
    await opened.connect();
    return opened;
  };
  const close = async () => {
    const closing = admin;
    admin = undefined;
    await closing?.then((one) => one.disconnect()).catch(() => {});
  };
  const asked = async <T>(ask: (admin: Admin) => Promise<T>): Promise<T> => {
    admin ??= open();
    try {
      return await ask(await admin);
    } catch (error) {
      await close();
      throw error;
    }
  };
  const byPartition = (all: readonly { partition: number; offset: string }[]) =>
    Object.fromEntries(
      all.filter(({ offset }) => offset !== "-1").map(({ partition, offset }) => [partition, Number(offset)]),
    );
  return {
    close,
    ends: (topic) =>
      asked(async (one) =>
        byPartition((await one.fetchTopicOffsets(topic)).map(({ partition, high }) => ({ partition, offset: high }))),
      ),
    committed: (groupId, topic) =>
      asked(async (one) =>
        byPartition((await one.fetchOffsets({ groupId, topics: [topic] })).flatMap(({ partitions }) => partitions)),
      ),
  };
}

/** The number of the broker that leads a partition of the records. */
export async function leaderOf(brokers: string, partition: number): Promise<number> {
  const admin = client(brokers).admin();
  await admin.connect();
  try {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [topics.records] });
    return found[0]!.partitions.find(({ partitionId }) => partitionId === partition)!.leader;
  } finally {
    await admin.disconnect();
  }
}

export const total = (offsets: Offsets) => Object.values(offsets).reduce((sum, offset) => sum + offset, 0);
export const caughtUp = (committed: Offsets, ends: Offsets) =>
  Object.entries(ends).every(([partition, end]) => end === 0 || committed[Number(partition)] === end);

/** Every message that a topic holds now, in the order of each partition. */
export async function readTopic(brokers: string, topic: string, each: (value: string) => void): Promise<void> {
  const watch = watchKafka(brokers);
  const left = new Map(
    Object.entries(await watch.ends(topic).finally(watch.close))
      .filter(([, end]) => end > 0)
      .map(([partition, end]) => [Number(partition), end]),
  );
  if (left.size === 0) return;
  const consumer = client(brokers).consumer({
    groupId: `faults-${randomUUID()}`,
    maxWaitTimeInMs: 100,
    allowAutoTopicCreation: false,
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on("consumer.crash", ({ payload }) => reject(payload.error));
      const eachBatch = async ({
        batch,
      }: {
        batch: { partition: number; messages: { value: Buffer | null }[]; lastOffset(): string };
      }) => {
        for (const { value } of batch.messages) each(value?.toString() ?? "");
        if (Number(batch.lastOffset()) + 1 >= left.get(batch.partition)!) left.delete(batch.partition);
        if (left.size === 0) resolve();
      };
      consumer.run({ autoCommit: false, partitionsConsumedConcurrently: 3, eachBatch }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}

/** Puts messages straight into a topic, as a producer that is not ours would. */
export async function put(brokers: string, topic: string, messages: readonly Message[]): Promise<void> {
  const producer = client(brokers).producer();
  await producer.connect();
  try {
    for (let from = 0; from < messages.length; from += 1000)
      await producer.send({ topic, acks: -1, messages: messages.slice(from, from + 1000) });
  } finally {
    await producer.disconnect();
  }
}

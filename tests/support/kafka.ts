import { randomUUID } from "node:crypto";
import { type Admin, type IHeaders, Kafka, type KafkaMessage, logLevel, type Message as Sent } from "kafkajs";

/** Kafka as any other program reaches it, without the product's client. */
export const kafkaAt = (brokers: string) =>
  new Kafka({
    brokers: brokers.split(","),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2000,
    retry: { retries: 2 },
  });

/** Does something as an administrator, over a connection of its own. */
export async function administer<T>(brokers: string, ask: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafkaAt(brokers).admin();
  await admin.connect();
  return ask(admin).finally(() => admin.disconnect());
}

/** Offsets by partition. */
export type Offsets = Readonly<Record<number, number>>;

/** The end offset of each partition. */
export const topicEnds = (brokers: string, topic: string): Promise<Offsets> =>
  administer(brokers, async (admin) =>
    Object.fromEntries((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)])),
  );

type Each = (message: KafkaMessage, partition: number) => void;

/**
 * Every message of a topic up to its present end, or those from the offsets `from` on, in the order of each partition.
 */
export async function readTopic(
  { brokers, topic, from = {} }: Readonly<{ brokers: string; topic: string; from?: Offsets }>,
  each: Each,
): Promise<void> {
  const first = (partition: number) => from[partition] ?? 0;
  const left = new Map(
    Object.entries(await topicEnds(brokers, topic))
      .map(([partition, end]) => [Number(partition), end] as const)
      .filter(([partition, end]) => end > first(partition)),
  );
  if (left.size === 0) return;
  const consumer = kafkaAt(brokers).consumer({
    groupId: `test-${randomUUID()}`,
    maxWaitTimeInMs: 50,
    allowAutoTopicCreation: false,
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on("consumer.crash", ({ payload }) => reject(payload.error));
      const eachBatch: NonNullable<Parameters<typeof consumer.run>[0]>["eachBatch"] = async ({ batch }) => {
        const { partition, messages } = batch;
        for (const message of messages) if (Number(message.offset) >= first(partition)) each(message, partition);
        if (Number(batch.lastOffset()) + 1 >= (left.get(partition) ?? 0)) left.delete(partition);
        if (left.size === 0) resolve();
      };
      consumer.run({ autoCommit: false, eachBatch }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}

export type Message = Readonly<{
  partition: number;
  offset: number;
  time: number;
  key: string;
  value: string | null;
  headers: Readonly<Record<string, string>>;
}>;

const text = (headers: IHeaders = {}) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** All messages of a topic up to its present end, or those from the offsets `from` on. */
export async function messagesOf(brokers: string, topic: string, from: Offsets = {}): Promise<Message[]> {
  const found: Message[] = [];
  await readTopic({ brokers, topic, from }, ({ offset, timestamp, key, value, headers }, partition) =>
    found.push({
      partition,
      offset: Number(offset),
      time: Number(timestamp),
      key: String(key),
      value: value && String(value),
      headers: text(headers),
    }),
  );
  return found;
}

/** Puts messages straight into a topic, as any other program would. */
export async function send(brokers: string, topic: string, messages: readonly Sent[]): Promise<void> {
  const producer = kafkaAt(brokers).producer();
  await producer.connect();
  try {
    for (let from = 0; from < messages.length; from += 1000)
      await producer.send({ topic, acks: -1, messages: messages.slice(from, from + 1000) });
  } finally {
    await producer.disconnect();
  }
}

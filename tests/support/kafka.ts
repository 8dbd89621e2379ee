import { randomUUID } from "node:crypto";
import { type IHeaders, Kafka } from "kafkajs";

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

/** All messages of a topic up to its present end, or those after the offsets `from` (by partition). */
export async function messagesOf(
  brokers: string,
  topic: string,
  from: Readonly<Record<number, number>> = {},
): Promise<Message[]> {
  const kafka = new Kafka({ brokers: [brokers], logLevel: 0 });
  const ends = await topicEnds(brokers, topic);
  const next: Record<number, number> = Object.fromEntries(
    Object.keys(ends).map((partition) => [partition, from[Number(partition)] ?? 0]),
  );
  const found: Message[] = [];
  const reached = () => Object.entries(ends).every(([partition, end]) => next[Number(partition)]! >= end);
  if (reached()) return found;
  const groupId = `test-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          for (const { offset, timestamp, key, value, headers } of batch.messages)
            if (Number(offset) >= (from[batch.partition] ?? 0))
              found.push({
                partition: batch.partition,
                offset: Number(offset),
                time: Number(timestamp),
                key: String(key),
                value: value && String(value),
                headers: text(headers),
              });
          next[batch.partition] = Number(batch.lastOffset()) + 1;
          if (reached()) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return found;
}

/** The end offset of each partition. */
export async function topicEnds(brokers: string, topic: string): Promise<Record<number, number>> {
  const admin = new Kafka({ brokers: [brokers], logLevel: 0 }).admin();
  await admin.connect();
  const partitions = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  return Object.fromEntries(partitions.map(({ partition, high }) => [partition, Number(high)]));
}

/** Sends to a topic as any other program would. */
export async function send(
  brokers: string,
  topic: string,
  messages: readonly { key: string; value: string | null }[],
): Promise<void> {
  const producer = new Kafka({ brokers: [brokers], logLevel: 0 }).producer();
  await producer.connect();
  await producer.send({ topic, messages: [...messages] });
  await producer.disconnect();
}

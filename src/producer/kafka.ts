import type { Message, RecordMetadata } from "kafkajs";
import { config } from "../config.ts";
import { ensureTopics } from "../core/kafka/create-topics.ts";
import type { KafkaSettings } from "../core/kafka/settings.ts";
import { placeHeaders, topicConfigs, topics } from "../core/topics.ts";
import { type Connection, connected } from "./connection.ts";
import { forgetfulSink, type Placed, type Sink } from "./delivery.ts";
import type { Input } from "./pieces.ts";

/** Sends a batch, `before` each attempt making sure that it may be sent; gives Kafka's answers. */
export async function sendBatch(
  { producer, patiently }: Connection,
  batch: readonly Placed[],
  { address }: Input,
  before = async () => {},
): Promise<RecordMetadata[]> {
  const records: Message[] = [];
  const rejects: Message[] = [];
  const input = Buffer.from(address);
  for (const { item, piece } of batch) {
    const headers = { [placeHeaders.input]: input, [placeHeaders.position]: String(piece.position) };
    if (item.kind === "record")
      records.push({ key: item.source, value: item.line, timestamp: String(item.time), headers });
    else if (item.kind === "reject") rejects.push({ value: item.message, headers });
    else if (item.kind === "rest")
      rejects.push({ value: item.message, headers: { ...headers, [placeHeaders.records]: String(item.records) } });
  }
  const topicMessages = [
    { topic: topics.records, messages: records },
    { topic: topics.rejects, messages: rejects },
  ].filter(({ messages }) => messages.length > 0);
  if (topicMessages.length === 0) return [];
  return patiently(async () => {
    await before();
    return producer.sendBatch({ acks: -1, topicMessages });
  });
}

/** Sends whole inputs and remembers nothing; throws a `UserError` if Kafka cannot be reached. */
export async function kafkaSink(settings: KafkaSettings): Promise<Sink> {
  const wanted = topicConfigs(config.kafka).filter(({ topic }) => topic !== topics.state);
  const connection = await connected(settings, (admin) => ensureTopics(admin, wanted));
  return forgetfulSink(async (batch, input) => {
    await connection.safely(() => sendBatch(connection, batch, input));
  }, connection.close);
}

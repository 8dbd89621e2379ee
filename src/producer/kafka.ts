import type { Message, RecordMetadata } from "kafkajs";
import { config } from "../config.ts";
import { ensureTopics } from "../core/kafka/create-topics.ts";
import type { KafkaSettings } from "../core/kafka/settings.ts";
import { placeHeaders, topicConfigs, topics } from "../core/topics.ts";
import { type Connection, connected } from "./connection.ts";
import { forgetfulSink, type Placed, type Sink } from "./delivery.ts";
import type { Input } from "./pieces.ts";
import { ofOnePartition } from "./wire/one-partition.ts";

/** Kafka's default limit for one request is 1 MiB. */
const REQUEST_BYTES = 900_000;
type Request = { topic: string; bytes: number; messages: Message[] };

/** A batch by partition, each in requests that Kafka takes, the first first. */
function requestsOf(batch: readonly Placed[], partitionOf: Connection["partitionOf"], { address }: Input): Request[][] {
  const records: Request[][] = [];
  const rejects: Request[] = [];
  const input = Buffer.from(address);
  const add = (requests: Request[], topic: string, message: Message, bytes: number): Request[] => {
    const last = requests.at(-1);
    if (last && last.bytes + bytes <= REQUEST_BYTES) {
      last.messages.push(message);
      last.bytes += bytes;
    } else requests.push({ topic, bytes, messages: [message] });
    return requests;
  };
  for (const { item, piece, bytes } of batch) {
    const headers = { [placeHeaders.input]: input, [placeHeaders.position]: String(piece.position) };
    if (item.kind === "record") {
      const { source: key, line: value, time } = item;
      const partition = partitionOf(key);
      records[partition] = add(
        records[partition] ?? [],
        topics.records,
        { key, value, partition, timestamp: String(time), headers },
        bytes,
      );
    } else if (item.kind !== "untold") {
      const more = item.kind === "rest" ? { [placeHeaders.records]: String(item.records) } : {};
      add(rejects, topics.rejects, { value: item.message, partition: 0, headers: { ...headers, ...more } }, bytes);
    }
  }
  return [...records, rejects].filter((requests) => requests !== undefined && requests.length > 0);
}

/**
 * Sends a batch, `before` each attempt making sure that it may be sent; gives Kafka's answers.
 * Each partition has requests of its own, which alone are tried again until they are acknowledged.
 * kafkajs would send one of several partitions again as a whole, or not at all to a broker that had taken a part.
 */
export async function sendBatch(
  connection: Connection,
  batch: readonly Placed[],
  { input, before = async () => {} }: Readonly<{ input: Input; before?: () => Promise<void> }>,
): Promise<RecordMetadata[]> {
  const { producer, partitionOf, patiently } = connection;
  const send = async (requests: readonly Request[]): Promise<RecordMetadata[]> => {
    const answers: RecordMetadata[] = [];
    for (const { topic, messages } of requests) {
      const attempt = async () => {
        await before();
        return producer.send({ acks: -1, topic, messages: ofOnePartition(messages) });
      };
      answers.push(...(await patiently(attempt)));
    }
    return answers;
  };
  // Each is waited for, whatever became of another: nothing may be on its way when it is sent again.
  const ends = await Promise.allSettled(requestsOf(batch, partitionOf, input).map(send));
  const failed = ends.find(({ status }) => status === "rejected") as PromiseRejectedResult | undefined;
  if (failed) throw failed.reason;
  return ends.flatMap((end) => (end.status === "fulfilled" ? end.value : []));
}

/** Sends whole inputs and remembers nothing; throws a `UserError` if Kafka cannot be reached. */
export async function kafkaSink(settings: KafkaSettings): Promise<Sink> {
  const wanted = topicConfigs(config.kafka).filter(({ topic }) => topic !== topics.state);
  const connection = await connected(settings, (admin) => ensureTopics(admin, wanted));
  return forgetfulSink(async (batch, input) => {
    await connection.safely(() => sendBatch(connection, batch, { input }));
  }, connection.close);
}

import type { Message, RecordMetadata } from "kafkajs";
import { config } from "../../config.ts";
import { ensureTopics } from "../../core/kafka/create-topics.ts";
import { REQUEST_BYTES } from "../../core/kafka/limits.ts";
import type { KafkaSettings } from "../../core/kafka/settings.ts";
import { placeHeaders, topicConfigs, topics } from "../../core/topics.ts";
import type { Input } from "../inputs/input.ts";
import { type Connection, connected } from "./connection.ts";
import { type Batch, forgetfulSink, type Placed, type Sink } from "./delivery.ts";
import { ofBatch } from "./wire/produce-request.ts";
import { append, emptyBatch, mostOf, type RecordBatch } from "./wire/record-batch.ts";

type Request = Readonly<{ topic: string; partition: number; batch: RecordBatch }>;
type Destination = Pick<Request, "topic" | "partition"> & Readonly<{ time: number }>;

/** What is to be sent, written into its requests as it comes: those of each partition in turn. */
export type Requests = Readonly<{ add(placed: Placed): void; all(): readonly (readonly Request[])[] }>;

/** Empty requests for what comes from an input. */
export function requestsOf({ partitionOf }: Pick<Connection, "partitionOf">, { address }: Input): Requests {
  const records: Request[][] = [];
  const rejects: Request[] = [];
  const input = Buffer.from(address);
  const write = (requests: Request[], message: Message, { topic, partition, time }: Destination): void => {
    const most = mostOf(message);
    let batch = requests.at(-1)?.batch;
    if (!batch || batch.end + most > REQUEST_BYTES) {
      batch = emptyBatch(time);
      requests.push({ topic, partition, batch });
    }
    append(batch, message, { time, most });
  };
  return {
    add({ item, piece }) {
      const headers = { [placeHeaders.input]: input, [placeHeaders.position]: String(piece.position) };
      if (item.kind === "record") {
        const { source: key, line: value, time } = item;
        const partition = partitionOf(key);
        records[partition] ??= [];
        write(records[partition], { key, value, headers }, { topic: topics.records, partition, time });
      } else if (item.kind !== "untold") {
        const more = item.kind === "rest" ? { [placeHeaders.records]: String(item.records) } : {};
        const message = { value: item.message, headers: { ...headers, ...more } };
        write(rejects, message, { topic: topics.rejects, partition: 0, time: Date.now() });
      }
    },
    all: () => [...records, rejects].filter((requests) => requests !== undefined),
  };
}

/**
 * Sends requests, `before` each attempt making sure that they may be sent; gives Kafka's answers.
 * Each partition has requests of its own, which alone are tried again until they are acknowledged.
 * kafkajs would send one of several partitions again as a whole, or not at all to a broker that had taken a part.
 */
export async function sendRequests(
  { producer, patiently }: Connection,
  { requests, before = async () => {} }: Readonly<{ requests: Requests; before?: () => Promise<void> }>,
): Promise<RecordMetadata[]> {
  const send = async (inTurn: readonly Request[]): Promise<RecordMetadata[]> => {
    const answers: RecordMetadata[] = [];
    for (const { topic, partition, batch } of inTurn) {
      const attempt = async () => {
        await before();
        return producer.send({ acks: -1, topic, messages: ofBatch(batch, partition) });
      };
      answers.push(...(await patiently(attempt)));
    }
    return answers;
  };
  // Each is waited for, whatever became of another: nothing may be on its way when it is sent again.
  const ends = await Promise.allSettled(requests.all().map(send));
  const failed = ends.find(({ status }) => status === "rejected") as PromiseRejectedResult | undefined;
  if (failed) throw failed.reason;
  return ends.flatMap((end) => (end.status === "fulfilled" ? end.value : []));
}

/** Sends whole inputs and remembers nothing; throws a `UserError` if Kafka cannot be reached. */
export async function kafkaSink(settings: KafkaSettings): Promise<Sink> {
  const wanted = topicConfigs(config.kafka).filter(({ topic }) => topic !== topics.state);
  const connection = await connected(settings, (admin) => ensureTopics(admin, wanted));
  const batch = (input: Input): Batch => {
    const requests = requestsOf(connection, input);
    return {
      add(placed) {
        requests.add(placed);
        return true;
      },
      deliver: async () => void (await connection.safely(() => sendRequests(connection, { requests }))),
    };
  };
  return forgetfulSink(batch, connection.close);
}

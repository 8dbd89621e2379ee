import type { KafkaMessage } from "kafkajs";
import type { Read } from "../kafka/read-topics.ts";
import { placeHeaders } from "../topics.ts";
import type { Placed } from "./entries.ts";
import { labelsOf } from "./labels.ts";

/** A Kafka message as what Loki is to hold; `bytes` of its value. */
export type Message = Placed & Readonly<{ bytes: number }>;

const header = ({ headers }: KafkaMessage, name: string): string | undefined => {
  const value = headers?.[name];
  return value === undefined || Array.isArray(value) ? undefined : value.toString();
};

/** A message as the entry that Loki is to hold, with its place; a message without a value is an empty line. */
export function placed({ topic, partition, offset, message }: Read): Message {
  const line = message.value?.toString() ?? "";
  const [input, position] = [header(message, placeHeaders.input), Number(header(message, placeHeaders.position))];
  return {
    entry: { labels: labelsOf(topic, line), time: Number(message.timestamp), line },
    place: { topic, partition, offset, ...(input !== undefined && Number.isSafeInteger(position) && position >= 0 && { input, position }) },
    bytes: message.value?.length ?? 0,
  };
}

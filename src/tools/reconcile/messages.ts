import type { KafkaMessage } from "kafkajs";
import type { Read } from "../../core/kafka/reader.ts";
import { recordLabels, rejectLabels } from "../../core/record/labels.ts";
import { placeHeaders, topics } from "../../core/topics.ts";
import type { Entry, Place } from "./entries.ts";

/** A Kafka message: its place, time (ms since 1970), its value's bytes, what Loki is to hold (worked out on demand). */
export type Message = Readonly<{ place: Place; time: number; bytes: number; entry: () => Entry }>;

const header = ({ headers }: KafkaMessage, name: string): string | undefined => {
  const value = headers?.[name];
  return value === undefined || Array.isArray(value) ? undefined : value.toString();
};

/** A message as it was read; one without a value is an empty line to Loki. */
export function messageOf({ topic, partition, offset, message }: Read): Message {
  const [input, position] = [header(message, placeHeaders.input), Number(header(message, placeHeaders.position))];
  const records = Number(header(message, placeHeaders.records) ?? 1);
  const time = Number(message.timestamp);
  return {
    place: {
      topic,
      partition,
      offset,
      ...(input !== undefined && Number.isSafeInteger(position) && position >= 0 && { input, position }),
      ...(records > 1 && { records }),
    },
    time,
    bytes: message.value?.length ?? 0,
    entry: () => {
      const line = message.value ?? Buffer.alloc(0);
      return { labels: topic === topics.rejects ? rejectLabels : recordLabels(line), time, line };
    },
  };
}

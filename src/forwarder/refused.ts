import type { Kafka, Producer } from "kafkajs";
import { REQUEST_BYTES } from "../core/kafka/limits.ts";
import { NO_ROOM, REFUSED_BY_LOKI, rejected } from "../core/record/rejects.ts";
import { topics } from "../core/topics.ts";
import type { Message } from "./consume.ts";
import type { Refused } from "./deliver.ts";
import { packed } from "./packed.ts";

const kinds = [
  ["too_long", /max entry size|line too long/i],
  ["ahead_of_time", /too new/i],
  ["too_far_behind", /too far behind/i],
  ["streams", new RegExp(NO_ROOM.loki)],
  ["label", /label/i],
] as const;

/** The kind of a refusal, by Loki's words: a value for a metric's label. */
export const kindOf = (reason: string): string => kinds.find(([, words]) => words.test(reason))?.[0] ?? "other";

const SHOWN = 300;
const STREAM = / ?(?:for )?(?:stream )?'?\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\}'?/;

/**
 * A reject in the producer's form, whose place is the message's topic, partition and offset.
 * Loki's words are without the stream's labels, which may be long.
 */
export const rejectOf = ({ entry, reason }: Refused<Message>) =>
  rejected(
    { code: "loki", reason: `${REFUSED_BY_LOKI}${reason.replace(STREAM, "").trim().slice(0, SHOWN)}` },
    `kafka:${topics.records}/${entry.partition}`,
    { position: Number(entry.offset), bytes: entry.line },
  );

/** Sends what Loki refused to the rejects' topic, with the reason and origin (topic and partition, offset as line). */
export function rejectsSender(kafka: Kafka) {
  let producer: Producer | undefined;
  const connected = async () => {
    if (producer) return producer;
    const fresh = kafka.producer({ idempotent: true, allowAutoTopicCreation: false });
    await fresh.connect();
    producer = fresh;
    return fresh;
  };
  return {
    async send(refused: readonly Refused<Message>[]): Promise<void> {
      const { send } = await connected();
      const requests = packed(refused.map(rejectOf), { most: REQUEST_BYTES, sizeOf: ({ bytes }) => bytes });
      for (const rejects of requests)
        await send({ topic: topics.rejects, acks: -1, messages: rejects.map(({ message }) => ({ value: message })) });
    },
    close: async () => producer?.disconnect().catch(() => {}),
  };
}

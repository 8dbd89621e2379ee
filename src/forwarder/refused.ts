import type { Kafka, Producer } from "kafkajs";
import { NO_ROOM, REFUSED_BY_LOKI, rejected } from "../core/record/rejects.ts";
import { topics } from "../core/topics.ts";
import type { Message } from "./consume.ts";
import type { Refused } from "./deliver.ts";

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
    {
      position: Number(entry.offset),
      bytes: entry.line,
    },
  ).message;

/** Kafka's default limit for one request is 1 MiB. */
const REQUEST_BYTES = 900_000;
const ENVELOPE_BYTES = 64;

/** Texts in order, as many together as one request takes. */
export function requests(texts: readonly string[], most = REQUEST_BYTES): string[][] {
  const all: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const text of texts) {
    const size = Buffer.byteLength(text) + ENVELOPE_BYTES;
    if (bytes + size > most) {
      all.push([]);
      bytes = 0;
    }
    all.at(-1)!.push(text);
    bytes += size;
  }
  return all;
}

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
      for (const values of requests(refused.map(rejectOf)))
        await send({ topic: topics.rejects, acks: -1, messages: values.map((value) => ({ value })) });
    },
    close: async () => producer?.disconnect().catch(() => {}),
  };
}

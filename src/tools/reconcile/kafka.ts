import kafkajs, { type Admin, type Kafka } from "kafkajs";
import { UserError } from "../../core/errors.ts";
import { committedBy, edges, type Held, heldBy, messagesIn } from "../../core/kafka/admin.ts";
import { kafkaSentence } from "../../core/kafka/advice.ts";
import { isSettling, patiently } from "../../core/kafka/patiently.ts";
import { type Read, topicReader } from "../../core/kafka/reader.ts";
import type { KafkaSettings } from "../../core/kafka/settings.ts";
import type { Progress } from "../../core/progress.ts";
import { consumerGroups, topics } from "../../core/topics.ts";
import { jobs } from "../../schema.ts";
import type { Place } from "./entries.ts";
import { type Message, messageOf } from "./messages.ts";

const RETRY = { retries: 4, initialRetryTime: 200, maxRetryTime: 2000 };
/** Of a Kafka that answers: its first groups of readers may have to wait. */
const PATIENT = { ...RETRY, retries: 15 };
/** A Kafka without ZooKeeper makes the place of its groups when it is first asked for one. */
const GROUPS_MS = 30_000;
const carried = ["records", "rejects"] as const;

/** `value` is undefined where the producer has taken its note back. */
type Note = Readonly<{ key: string; value: string | undefined; time: number }>;

/** Kafka as it was when the comparison began: later messages are not read. */
export type KafkaSide = Readonly<{
  held: readonly Held[];
  messages(reading: string, each: (message: Message) => void): Promise<void>;
  /** The producer's notes, by key; a later one of a key comes later. */
  notes(each: (note: Note) => void): Promise<void>;
  isWaiting(place: Place): boolean;
  hasForgotten(job: string): boolean;
  close(): Promise<void>;
}>;

/** Connects, and fixes the offsets up to which messages count. Throws a `UserError` if Kafka or a topic is missing. */
export async function kafkaSide(settings: KafkaSettings, progress: Progress): Promise<KafkaSide> {
  const client = (retry: typeof RETRY) =>
    new kafkajs.Kafka({
      ...settings,
      clientId: "reconcile",
      connectionTimeout: 3000,
      retry,
      logCreator: () => () => {},
    });
  const admin = client(RETRY).admin();
  let connecting = true;
  const safely = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError(kafkaSentence(error, { settings, connecting }), { cause: error });
    }
  };
  try {
    return await safely(async () => {
      await admin.connect();
      connecting = false;
      return await opened({ kafka: client(PATIENT), admin, brokers: settings.brokers, safely }, progress);
    });
  } catch (error) {
    await admin.disconnect().catch(() => {});
    throw error;
  }
}

type Opening = Readonly<{
  kafka: Kafka;
  admin: Admin;
  brokers: readonly string[];
  safely: <T>(action: () => Promise<T>) => Promise<T>;
}>;

async function opened({ kafka, admin, brokers, safely }: Opening, progress: Progress): Promise<KafkaSide> {
  // Before the offsets' ends and before Loki is asked: what the collector has not read by now cannot be expected there.
  const committed = await patiently(() => committedBy(admin, consumerGroups), { ms: GROUPS_MS, while: isSettling });
  const existing = await admin.listTopics();
  const all = await heldBy(
    admin,
    Object.values(topics).filter((topic) => existing.includes(topic)),
  );
  const held = all.filter(({ topic }) => topic !== topics.state);
  if (held.length === 0)
    throw new UserError(
      `Kafka at ${brokers.join(", ")} has no topic ${carried.map((name) => topics[name]).join(" nor ")}; "npm start" creates them, or set KAFKA_BROKERS to another address.`,
    );
  return {
    held,
    messages: async (reading, each) => {
      let done = 0;
      progress.start(messagesIn(held));
      const one = (read: Read) => {
        progress.at(++done, reading);
        each(messageOf(read));
      };
      await safely(() => readHeld({ kafka, held }, one)).finally(progress.stop);
    },
    notes: (each) =>
      safely(() =>
        readHeld(
          { kafka, held: all.filter(({ topic }) => topic === topics.state) },
          ({ message: { key, value, timestamp } }) => {
            if (key) each({ key: key.toString(), value: value?.toString(), time: Number(timestamp) });
          },
        ),
      ),
    isWaiting: ({ topic, partition, offset }) => {
      const read = committed[topic]?.[partition];
      return read !== undefined && offset >= read;
    },
    hasForgotten: (job) =>
      carried.some((name) => jobs[name] === job && held.some(({ topic, low }) => topic === topics[name] && low > 0)),
    close: () => admin.disconnect(),
  };
}

/** Reads what the partitions hold, each in the order of its offsets. */
async function readHeld(
  { kafka, held }: Readonly<{ kafka: Kafka; held: readonly Held[] }>,
  each: (read: Read) => void,
): Promise<void> {
  const ends = edges(held, "high");
  const reader = topicReader(kafka, {
    topics: Object.keys(ends),
    from: edges(held, "low"),
    each: (read) => {
      if (read.offset < ends[read.topic]![read.partition]!) each(read);
    },
  });
  await reader.until(ends).finally(reader.close);
}

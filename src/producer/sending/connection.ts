import { setTimeout } from "node:timers/promises";
import { type Admin, Kafka, Partitioners, type Producer } from "kafkajs";
import { UserError } from "../../core/errors.ts";
import { withAdmin } from "../../core/kafka/admin.ts";
import { kafkaSentence } from "../../core/kafka/advice.ts";
import { isUnreachable } from "../../core/kafka/errors.ts";
import { isPassing, patiently } from "../../core/kafka/patiently.ts";
import type { KafkaSettings } from "../../core/kafka/settings.ts";
import { topics } from "../../core/topics.ts";
import { useOwnEncoder } from "./wire/produce-request.ts";

useOwnEncoder();

const PHASES = { connecting: "cannot be reached", sending: "stopped answering while records were sent" } as const;
const CONNECT_MS = 15_000;
const RETRY = { retries: 2, initialRetryTime: 200, maxRetryTime: 2000 };
/** How long a broker may restart under a load; after a crash, ZooKeeper alone keeps its place for 18 s. */
const RESTART_MS = 60_000;

/**
 * A connected Kafka: a `producer` of records, and one of `notes` that need not wait for its answers.
 * `safely` turns Kafka's errors into sentences, `patiently` tries again while the broker restarts.
 */
export type Connection = Readonly<{
  kafka: Kafka;
  producer: Producer;
  notes: Producer;
  /** The partition of the records of a source. */
  partitionOf(source: string): number;
  safely<T>(action: () => Promise<T>): Promise<T>;
  patiently<T>(action: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}>;

/**
 * Connects, after `first`, whose result is `found`; throws a `UserError` if Kafka cannot be reached.
 * An aborted `signal` ends the waiting.
 */
export async function connected<T>(
  settings: KafkaSettings,
  first: (admin: Admin) => Promise<T>,
  signal?: AbortSignal,
): Promise<Connection & Readonly<{ found: T }>> {
  const kafka = new Kafka({
    ...settings,
    clientId: "ingestion-producer",
    connectionTimeout: 1500,
    retry: RETRY,
    logCreator: () => () => {},
  });
  const producer = kafka.producer({ idempotent: true, retry: RETRY, createPartitioner: givenPartition });
  const notes = kafka.producer({ idempotent: true, retry: RETRY });
  const safelyIn =
    (phase: keyof typeof PHASES) =>
    async <T>(action: () => Promise<T>): Promise<T> => {
      try {
        return await action();
      } catch (error) {
        if ((error as Error).name === "AbortError") throw error;
        throw explained(error, { settings, phase });
      }
    };
  // The same batch has the same sequence numbers, so the broker knows what it already has.
  const whileAway = { ms: RESTART_MS, everyMs: 500, while: isOutOfReach, signal };
  const waiting = <T>(action: () => Promise<T>) => patiently(action, whileAway);
  const close = async () => void (await Promise.allSettled([producer.disconnect(), notes.disconnect()]));
  const connect = () => Promise.all([producer.connect(), notes.connect()]);
  try {
    const prepared = withAdmin(kafka, async (admin) => {
      const found = await first(admin);
      const { topics: all } = await admin.fetchTopicMetadata({ topics: [topics.records] });
      return { found, partitionOf: partitionChooser(all[0]?.partitions.length ?? 1) };
    });
    await safelyIn("connecting")(() => within(CONNECT_MS, prepared.then(connect)));
    return { ...(await prepared), kafka, producer, notes, safely: safelyIn("sending"), patiently: waiting, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** For a listener that takes the connection and never answers: kafkajs would wait and retry for minutes. */
async function within(ms: number, action: Promise<unknown>): Promise<void> {
  const timeout = new AbortController();
  const late = setTimeout(ms, undefined, { signal: timeout.signal }).then(() => {
    throw Object.assign(new Error(`no answer within ${ms / 1000} s`), { name: "ConnectionTimeout" });
  });
  await Promise.race([action, late]).finally(() => timeout.abort());
}

/** The partition of a record is chosen before it is sent. */
const givenPartition: typeof Partitioners.DefaultPartitioner =
  () =>
  ({ message }) =>
    message.partition ?? 0;

/** Kafka's own choice by key among so many partitions, hashed once a key instead of once a record. */
function partitionChooser(count: number): (key: string) => number {
  const choose = Partitioners.DefaultPartitioner();
  const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  const chosen = new Map<string, number>();
  return (key) => {
    const cached = chosen.get(key);
    if (cached !== undefined) return cached;
    const partition = choose({ topic: "", partitionMetadata, message: { key, value: null } });
    chosen.set(key, partition);
    return partition;
  };
}

const isOutOfReach = (error: Error) => isUnreachable(error) || isPassing(error);

type Attempt = Readonly<{ settings: KafkaSettings; phase: keyof typeof PHASES }>;

/** What Kafka did not do, for the user. */
function explained(error: unknown, { settings, phase }: Attempt): UserError {
  if (error instanceof UserError) return error;
  const attempt = { settings, connecting: phase === "connecting", isAway: isOutOfReach, away: PHASES[phase] };
  return new UserError(kafkaSentence(error, attempt), { cause: error });
}

import { setTimeout } from "node:timers/promises";
import { type Admin, Kafka, Partitioners, type Producer } from "kafkajs";
import { detail, UserError } from "../core/errors.ts";
import { securityAdvice } from "../core/kafka/advice.ts";
import { innermost, isUnreachable } from "../core/kafka/errors.ts";
import type { KafkaSettings } from "../core/kafka/settings.ts";
import { useOwnEncoder } from "./wire/produce-request.ts";

useOwnEncoder();

const PHASES = { connecting: "cannot be reached", sending: "stopped answering while records were sent" } as const;
const CONNECT_MS = 15_000;
const RETRY = { retries: 2, initialRetryTime: 200, maxRetryTime: 2000 };
/** How long a broker may restart under a load; after a crash, ZooKeeper alone keeps its place for 18 s. */
const RESTART_MS = 60_000;

/** Kafka is away: what was to be done can be done later. */
export class KafkaAway extends UserError {}

/** A connected Kafka: a `producer` of records, and one of `notes` that need not wait for its answers. `safely` turns Kafka's errors into sentences, `patiently` tries again while the broker restarts. */
export type Connection = Readonly<{
  kafka: Kafka;
  producer: Producer;
  notes: Producer;
  safely<T>(action: () => Promise<T>): Promise<T>;
  patiently<T>(action: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}>;

/** Connects to Kafka and does `first` there; throws a `UserError` if Kafka cannot be reached. With `signal`, waiting for Kafka ends when it is aborted. */
export async function connected(
  settings: KafkaSettings,
  first: (admin: Admin) => Promise<void>,
  signal?: AbortSignal,
): Promise<Connection> {
  const kafka = new Kafka({
    ...settings,
    clientId: "ingestion-producer",
    connectionTimeout: 1500,
    retry: RETRY,
    logCreator: () => () => {},
  });
  const producer = kafka.producer({ idempotent: true, retry: RETRY, createPartitioner: cachingPartitioner });
  const notes = kafka.producer({ idempotent: true, retry: RETRY });
  const safelyIn =
    (phase: keyof typeof PHASES) =>
    async <T>(action: () => Promise<T>): Promise<T> => {
      try {
        return await action();
      } catch (error) {
        if ((error as Error).name === "AbortError") throw error;
        throw explained(error, settings, phase);
      }
    };
  const patiently = async <T>(action: () => Promise<T>): Promise<T> => {
    // The same batch has the same sequence numbers, so the broker knows what it already has.
    for (const until = Date.now() + RESTART_MS; ; await setTimeout(500)) {
      try {
        return await action();
      } catch (error) {
        if (!isOutOfReach(innermost(error)) || Date.now() > until || signal?.aborted) throw error;
      }
    }
  };
  const close = async () => void (await Promise.allSettled([producer.disconnect(), notes.disconnect()]));
  const connect = () => Promise.all([producer.connect(), notes.connect()]);
  try {
    await safelyIn("connecting")(() => within(CONNECT_MS, withAdmin(kafka, first).then(connect)));
  } catch (error) {
    await close();
    throw error;
  }
  return { kafka, producer, notes, safely: safelyIn("sending"), patiently, close };
}

/** Does something as an administrator, over a connection of its own. */
export async function withAdmin<T>(kafka: Kafka, action: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await action(admin);
  } finally {
    await admin.disconnect();
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

/** Kafka's own choice by key, hashed once a source instead of once a record. */
const cachingPartitioner: typeof Partitioners.DefaultPartitioner = () => {
  const choose = Partitioners.DefaultPartitioner();
  const chosen = new Map<string, number>();
  return (args) => {
    const { key } = args.message;
    if (typeof key !== "string") return choose(args);
    const id = `${args.topic} ${args.partitionMetadata.length} ${key}`;
    const partition = chosen.get(id) ?? choose(args);
    chosen.set(id, partition);
    return partition;
  };
};

const isOutOfReach = (error: Error) => isUnreachable(error) || ("retriable" in error && error.retriable === true);

/** The sentence for a Kafka error, from its innermost cause. */
function explained(error: unknown, settings: KafkaSettings, phase: keyof typeof PHASES): UserError {
  if (error instanceof UserError) return error;
  const cause = innermost(error);
  const says = detail(cause).replace(/^Connection error: /, "");
  const address = settings.brokers.join(", ");
  // Later, a closed connection is a broker that went away.
  const advice = phase === "connecting" ? securityAdvice(cause, settings) : undefined;
  const Kind = isOutOfReach(cause) ? KafkaAway : UserError;
  if (advice) return new Kind(`Kafka at ${address} refused the connection (${says}); ${advice}.`, { cause: error });
  return isOutOfReach(cause)
    ? new Kind(
        `Kafka at ${address} ${PHASES[phase]} (${says}); start it with "npm start" or set KAFKA_BROKERS to its address.`,
        { cause: error },
      )
    : new Kind(`Kafka at ${address} refused a request (${says}).`, { cause: error });
}

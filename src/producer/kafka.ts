import { setTimeout } from "node:timers/promises";
import { Kafka, type Message, Partitioners } from "kafkajs";
import { config } from "../config.ts";
import { securityAdvice } from "../kafka/advice.ts";
import { ensureTopics } from "../kafka/create-topics.ts";
import type { KafkaSettings } from "../kafka/settings.ts";
import { topicConfigs, topics } from "../topics.ts";
import { detail, UserError } from "./errors.ts";
import type { Item, Sink } from "./items.ts";
import { loadOpenFailures, stateMessages } from "./state.ts";

export type KafkaOptions = Readonly<{
  settings: KafkaSettings;
  /** Whether open failures are kept across runs, in the state topic. */
  keepState: boolean;
}>;

const PHASES = { connecting: "cannot be reached", sending: "stopped answering while records were sent" } as const;
const CONNECT_MS = 15_000;
const RETRY = { retries: 4, initialRetryTime: 200, maxRetryTime: 2000 };
/** How long a broker may restart under a load; after a crash, ZooKeeper alone keeps its place for 18 s. */
const RESTART_MS = 60_000;

/** Connects to Kafka, creates the topics that are missing and reads the open failures; throws a `UserError` if Kafka cannot be reached. */
export async function kafkaSink({ settings, keepState }: KafkaOptions): Promise<Sink> {
  const kafka = new Kafka({ ...settings, clientId: "ingestion-producer", connectionTimeout: 1500, retry: RETRY, logCreator: () => () => {} });
  const producer = kafka.producer({ idempotent: true, retry: RETRY, createPartitioner: cachingPartitioner });
  const safely = async <T>(phase: keyof typeof PHASES, action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw explained(error, settings, phase);
    }
  };
  const close = () => producer.disconnect().catch(() => {});
  const deliver = async (items: readonly Item[]) => {
    const records: Message[] = [];
    const rejects: Message[] = [];
    for (const item of items) {
      if (item.kind === "record") records.push({ key: item.source, value: item.line, timestamp: String(item.time) });
      else rejects.push({ value: item.message });
    }
    const topicMessages = [
      { topic: topics.records, messages: records },
      { topic: topics.rejects, messages: rejects },
    ].filter(({ messages }) => messages.length > 0);
    await patiently(() => producer.sendBatch({ acks: -1, topicMessages }));
    // Only now: a change that is stored before its record is safe could outlive a record that never arrived.
    const messages = keepState ? stateMessages(items) : [];
    if (messages.length > 0) await patiently(() => producer.send({ topic: topics.state, acks: -1, messages }));
  };
  try {
    const open = await safely("connecting", async () => {
      await within(CONNECT_MS, createMissingTopics(kafka, keepState).then(producer.connect));
      return keepState ? loadOpenFailures(kafka) : new Map<string, string>();
    });
    return { open, close, deliver: (items) => safely("sending", () => deliver(items)) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Sends again while the broker is away: the same batch has the same sequence numbers, so the broker knows what it already has. */
async function patiently(send: () => Promise<unknown>): Promise<void> {
  for (const until = Date.now() + RESTART_MS; ; await setTimeout(500)) {
    try {
      await send();
      return;
    } catch (error) {
      if (!isOutOfReach(innermost(error)) || Date.now() > until) throw error;
    }
  }
}

/** For a listener that takes the connection and never answers: kafkajs would wait and retry for minutes. */
async function within<T>(ms: number, action: Promise<T>): Promise<T> {
  const timeout = new AbortController();
  const late = setTimeout(ms, undefined, { signal: timeout.signal }).then(() => {
    throw Object.assign(new Error(`no answer within ${ms / 1000} s`), { name: "ConnectionTimeout" });
  });
  return Promise.race([action, late]).finally(() => timeout.abort());
}

async function createMissingTopics(kafka: Kafka, keepState: boolean): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    await ensureTopics(
      admin,
      topicConfigs(config.kafka).filter(({ topic }) => keepState || topic !== topics.state),
    );
  } finally {
    await admin.disconnect();
  }
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

function innermost(error: unknown): Error {
  let cause = error as Error;
  while (cause.cause instanceof Error) cause = cause.cause;
  return cause;
}

const isOutOfReach = ({ name }: Error) => /Connection|BrokerNotFound|RequestTimeout|LockTimeout/.test(name);

/** The sentence for a Kafka error, from its innermost cause. */
function explained(error: unknown, settings: KafkaSettings, phase: keyof typeof PHASES): UserError {
  if (error instanceof UserError) return error;
  const cause = innermost(error);
  const says = detail(cause).replace(/^Connection error: /, "");
  const address = settings.brokers.join(", ");
  // Later, a closed connection is a broker that went away.
  const advice = phase === "connecting" ? securityAdvice(cause, settings) : undefined;
  if (advice) return new UserError(`Kafka at ${address} refused the connection (${says}); ${advice}.`, { cause: error });
  const sentence = isOutOfReach(cause)
    ? `Kafka at ${address} ${PHASES[phase]} (${says}); start it with "npm start" or set KAFKA_BROKERS to its address.`
    : `Kafka at ${address} refused a request (${says}).`;
  return new UserError(sentence, { cause: error });
}

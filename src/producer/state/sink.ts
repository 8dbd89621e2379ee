import { randomUUID } from "node:crypto";
import { type Admin, CompressionTypes, type Message } from "kafkajs";
import { config } from "../../config.ts";
import { ensureTopics } from "../../kafka/create-topics.ts";
import type { KafkaSettings } from "../../kafka/settings.ts";
import { topicConfigs, topics } from "../../topics.ts";
import { connected, withAdmin } from "../connection.ts";
import type { Delivery, Mark, Placed, Sink } from "../delivery.ts";
import { UserError } from "../errors.ts";
import { sendBatch } from "../kafka.ts";
import type { Input } from "../pieces.ts";
import type { OpenFailures } from "../recovery.ts";
import { sentBeyond, textOf } from "../sent.ts";
import { emptyState, failureMessages, forgettable, takeIn } from "./fold.ts";
import { lease } from "./lease.ts";
import { topicReader } from "./reader.ts";
import { type LeaseClaim, type ObjectState, type Offsets, WRITER } from "./shape.ts";

export type StateOptions = Readonly<{
  settings: KafkaSettings;
  /** The name of the load in event mode, which keeps its progress apart and has no part in the stored failures. */
  load?: string | undefined;
  /** Earlier progress is passed over: everything is sent again. */
  force?: boolean;
  /** Told once when another ingestion is at work. */
  waiting?: () => void;
  signal?: AbortSignal | undefined;
}>;
/** A sink that remembers what it delivered. */
export type StateSink = Required<Sink>;

const NOTHING: Mark = { records: 0, position: 0, sha256: "" };
const MANY = 100;

/** Connects to Kafka and reads the state topic; throws a `UserError` if Kafka cannot be reached. */
export async function stateSink({ settings, load, force = false, waiting = () => {}, signal }: StateOptions): Promise<StateSink> {
  const state = emptyState();
  const holder = randomUUID();
  const open: OpenFailures = new Map();
  const started: { ends: Offsets; state: Offsets } = { ends: {}, state: {} };
  const connection = await connected(
    settings,
    async (admin) => {
      await ensureTopics(admin, topicConfigs(config.kafka));
      started.ends = await endsOf(admin, [topics.records, topics.rejects]);
      started.state = await endsOf(admin, [topics.state]);
    },
    signal,
  );
  const { kafka, producer, safely, patiently } = connection;
  const reader = topicReader(kafka, [topics.state], (_topic, _partition, { timestamp, key, value }) => {
    if (key) takeIn(state, { time: Number(timestamp), key: key.toString(), value: value?.toString() });
  });
  /** Sends to the state topic and gives the first message's offset. */
  const store = async (messages: Message[]): Promise<bigint> => {
    const compression = messages.length > MANY ? CompressionTypes.GZIP : CompressionTypes.None;
    const [answer] = await producer.send({ topic: topics.state, acks: -1, compression, messages });
    if (answer?.logAppendTime === "-1")
      throw new UserError(
        `The topic ${topics.state} does not carry the broker's times; start the stack with "npm start", or run deploy/create-topics.ts once.`,
      );
    return BigInt(answer?.baseOffset ?? 0);
  };
  const claim = (ttl: number): Message => ({ key: WRITER, value: JSON.stringify({ holder, ttl } satisfies LeaseClaim) });
  const right = lease({
    holder,
    state,
    claim: (ttl) => store([claim(ttl)]),
    until: (offset) => reader.until({ [topics.state]: { 0: Number(offset) + 1 } }),
  });
  const acquire = () => safely(() => patiently(() => right.acquire(waiting, signal)));
  const release = () => safely(() => patiently(() => store([claim(0)])));
  const keyOf = ({ address }: Input) => (load === undefined ? address : `event ${load} ${address}`);
  const isDone = (input: Input) => !force && isComplete(state.objects.get(keyOf(input))?.state, input);
  const ends = { ...started.ends };

  const begin = async (input: Input, again: boolean): Promise<Delivery> => {
    if (!again && isDone(input)) return alreadyDone;
    await acquire();
    if (!again && isDone(input)) {
      await right.end();
      await release();
      return alreadyDone;
    }
    if (load === undefined) {
      open.clear();
      for (const [key, fin] of state.failures) open.set(key, fin);
    }
    return delivery(input);
  };

  const delivery = async (input: Input): Promise<Delivery> => {
    const key = keyOf(input);
    let stored = force ? undefined : state.objects.get(key)?.state;
    const resumed = stored && !stored.complete ? stored : undefined;
    let from: Offsets = structuredClone(resumed?.from ?? ends);
    let sent = resumed
      ? await safely(async () => {
          const now = await withAdmin(kafka, (admin) => endsOf(admin, [topics.records, topics.rejects]));
          return sentBeyond(kafka, input.address, resumed.position, resumed.from, now);
        })
      : new Map<number, string>();
    const wasSent = (placed: Placed) => {
      const text = sent.get(placed.piece.position);
      return text !== undefined && (isSame(stored, input) || text === textOf(placed));
    };
    let noted = stored;
    const message = (mark: Mark, complete: boolean): Message => {
      const version = input.version === undefined ? {} : { version: input.version };
      noted = { holder, ...version, ...mark, complete, from };
      return { key, value: JSON.stringify(noted satisfies ObjectState) };
    };
    // Messages of one request to one partition are stored all or none: progress and failures cannot disagree.
    const note = async (mark: Mark, complete: boolean, batch: readonly Placed[] = []) => {
      const changes = load === undefined ? batch.map(({ item }) => (item.kind === "record" ? item.change : undefined)) : [];
      const messages = [message(mark, complete), ...failureMessages(changes)];
      const sentAt = performance.now();
      await safely(() => patiently(() => store(messages)));
      right.renewed(sentAt);
    };
    return {
      done: false,
      noted: stored,
      restart() {
        [stored, noted, sent, from] = [undefined, undefined, new Map(), structuredClone(ends)];
      },
      async deliver(batch, mark) {
        // Before anything is sent it must be known where to look for it.
        if (!noted || noted.complete || !isSame(noted, input)) await note(marked(noted), false);
        const before = new Set(sent.size === 0 ? [] : batch.filter(wasSent));
        const fresh = before.size === 0 ? batch : batch.filter((placed) => !before.has(placed));
        const answers = await safely(() => sendBatch(connection, fresh, input, right.hold));
        for (const { topicName, partition, baseOffset } of answers) {
          for (const offsets of [from, ends]) offsets[topicName] = { ...offsets[topicName], [partition]: Math.max(0, Number(baseOffset)) };
        }
        await note(mark, false, batch);
        return before;
      },
      async end(last) {
        await right.end();
        if (!last) return;
        const changed = last.complete ? !isComplete(noted, input) : noted !== stored;
        const messages = [...(changed ? [message(last.mark, last.complete)] : []), claim(0)];
        await safely(() => patiently(() => store(messages)));
      },
    };
  };

  const close = async () => {
    await right.end();
    await reader.close();
    await connection.close();
  };
  try {
    await safely(() => reader.until(started.state));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    open,
    isDone,
    begin,
    close,
    async forget(under, listed) {
      const prefix = keyOf({ address: under } as Input);
      const old = () => forgettable(state, prefix, new Set(listed.map(keyOf)), state.time - config.producer.progressKept.value * 1000);
      if (old().length === 0) return;
      await acquire();
      const messages = old().map((key): Message => ({ key, value: null }));
      await right.end();
      await safely(() => patiently(() => store([...messages, claim(0)])));
    },
  };
}

const alreadyDone: Delivery = {
  done: true,
  noted: undefined,
  restart() {},
  deliver: async () => new Set(),
  async end() {},
};

const isSame = (state: ObjectState | undefined, { version }: Input) => state !== undefined && version !== undefined && state.version === version;
const isComplete = (state: ObjectState | undefined, input: Input) => state?.complete === true && isSame(state, input);
const marked = (state: ObjectState | undefined): Mark => (state ? { records: state.records, position: state.position, sha256: state.sha256 } : NOTHING);

async function endsOf(admin: Admin, names: readonly string[]): Promise<Offsets> {
  const found = await Promise.all(names.map((name) => admin.fetchTopicOffsets(name)));
  return Object.fromEntries(
    found.map((partitions, index) => [names[index], Object.fromEntries(partitions.map(({ partition, high }) => [partition, Number(high)]))]),
  );
}

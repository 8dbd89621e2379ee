import { randomUUID } from "node:crypto";
import { CompressionTypes, type Message } from "kafkajs";
import { config } from "../../config.ts";
import { UserError } from "../../core/errors.ts";
import { ensureTopics } from "../../core/kafka/create-topics.ts";
import { edges, heldBy, type Offsets, topicReader } from "../../core/kafka/reader.ts";
import type { KafkaSettings } from "../../core/kafka/settings.ts";
import type { OpenFailures } from "../../core/record/recovery.ts";
import { topicConfigs, topics } from "../../core/topics.ts";
import { isIn, type Share, WHOLE } from "../inputs/share.ts";
import type { KnownStreams } from "../judging/streams.ts";
import type { Input } from "../reading/pieces.ts";
import { connected, withAdmin } from "../sending/connection.ts";
import type { Delivery, Sink } from "../sending/delivery.ts";
import { type Session, stateDelivery } from "./delivery.ts";
import { emptyState, keep, knownStreams, type StateMessage, takeIn } from "./fold.ts";
import { lease, type Waiting } from "./lease.ts";
import { type LeaseClaim, leaseKeyOf, readObjectState } from "./shape.ts";

export type StateOptions = Readonly<{
  settings: KafkaSettings;
  /** The name of the load in event mode, which keeps its progress apart and has no part in the stored failures. */
  load?: string | undefined;
  /** Which inputs this ingestion takes; all unless it says otherwise. */
  share?: Share;
  /** Earlier progress is passed over: everything is sent again. */
  force?: boolean;
  /** Told when another ingestion is at work, and each minute until it lets this one in. */
  waiting?: Waiting;
  signal?: AbortSignal | undefined;
}>;
/** A sink that remembers what it delivered. */
export type StateSink = Required<Sink>;

const MANY = 100;

/** Connects to Kafka and reads the state topic; throws a `UserError` if Kafka cannot be reached. */
export async function stateSink({
  settings,
  load,
  share = WHOLE,
  force = false,
  waiting = () => {},
  signal,
}: StateOptions): Promise<StateSink> {
  const state = emptyState();
  const holder = randomUUID();
  const open: OpenFailures = new Map();
  const streams: KnownStreams = new Map();
  const started: { ends: Offsets; state: Offsets } = { ends: {}, state: {} };
  const connection = await connected(
    settings,
    async (admin) => {
      await ensureTopics(admin, topicConfigs(config.kafka));
      started.ends = edges(await heldBy(admin, [topics.records, topics.rejects]), "high");
      started.state = edges(await heldBy(admin, [topics.state]), "high");
    },
    signal,
  );
  const { kafka, notes, safely, patiently } = connection;
  const stateReader = (each: (message: StateMessage) => void) =>
    topicReader(kafka, {
      topics: [topics.state],
      each: ({ message: { timestamp, key, value } }) => {
        if (key) each({ time: Number(timestamp), key: key.toString(), value: value?.toString() });
      },
    });
  const reader = stateReader((message) => takeIn(state, message));
  /** Reads the topic once more, from its start to its end of now. */
  const readAgain = (each: (message: StateMessage) => void) =>
    safely(async () => {
      const held = await withAdmin(kafka, (admin) => heldBy(admin, [topics.state]));
      const again = stateReader(each);
      await again.until(edges(held, "high")).finally(again.close);
    });
  /** Sends to the state topic and gives the first message's offset. */
  const store = async (messages: Message[]): Promise<bigint> => {
    const compression = messages.length > MANY ? CompressionTypes.GZIP : CompressionTypes.None;
    const [answer] = await notes.send({ topic: topics.state, acks: -1, compression, messages });
    if (answer?.logAppendTime === "-1")
      throw new UserError(
        `The topic ${topics.state} does not carry the broker's times; start the stack with "npm start", or run "npx ingestion create-topics" once.`,
      );
    return BigInt(answer?.baseOffset ?? 0);
  };
  const claim = (ttl: number): Message => ({
    key: leaseKeyOf(share),
    value: JSON.stringify({ holder, ttl } satisfies LeaseClaim),
  });
  const right = lease({
    holder,
    share,
    state,
    claim: (ttl) => store([claim(ttl)]),
    until: (offset) => reader.until({ [topics.state]: { 0: Number(offset) + 1 } }),
  });
  const acquire = () => safely(() => patiently(() => right.acquire(waiting, signal)));
  const release = () => safely(() => patiently(() => store([claim(0)])));
  const keyOf = ({ address }: Input) => (load === undefined ? address : `event ${load} ${address}`);
  const isDone = (input: Input) =>
    !force && input.version !== undefined && state.inputs.isDone(keyOf(input), input.version);
  /** Has the states of inputs at hand that were let go of. */
  const recall = async (inputs: readonly Input[]) => {
    const missing = new Set(inputs.map(keyOf).filter((key) => state.inputs.has(key) && !state.objects.has(key)));
    if (force || missing.size === 0) return;
    await readAgain(({ key, value, time }) => {
      const read = missing.has(key) && value !== undefined ? readObjectState(value) : undefined;
      // What was read meanwhile is newer.
      if (read && (state.objects.get(key)?.time ?? 0) <= time) keep(state, key, { time, state: read });
    });
  };
  const session: Session = {
    connection,
    holder,
    right,
    ends: started.ends,
    streams,
    failures: load === undefined,
    store,
    release: () => claim(0),
  };

  const begin: Sink["begin"] = async (input, { again }) => {
    if (!again && isDone(input)) return alreadyDone;
    const key = keyOf(input);
    await acquire();
    if (!again && isDone(input)) {
      await right.end();
      await release();
      return alreadyDone;
    }
    await recall([input]);
    if (load === undefined) {
      open.clear();
      for (const [key, fin] of state.failures) open.set(key, fin);
    }
    const noted = knownStreams(state, config.producer);
    streams.clear();
    for (const [key, isFresh] of noted.streams) streams.set(key, isFresh);
    if (noted.gone.length > 0)
      await safely(() => patiently(() => store(noted.gone.map((key) => ({ key, value: null })))));
    return stateDelivery(input, { key, found: force ? undefined : state.objects.get(key)?.state }, session);
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
    streams,
    isDone,
    begin,
    check: () => safely(reader.check),
    close,
    recall,
    see: (input) => state.inputs.see(keyOf(input)),
    async forget(under) {
      const prefix = keyOf({ address: under } as Input);
      const before = state.time - config.producer.progressKept.value * 1000;
      const isOld = (key: string) =>
        key.startsWith(prefix) &&
        isIn(share, key.slice(keyOf({ address: "" } as Input).length)) &&
        state.inputs.isForgettable(key, before);
      const old = new Set<string>();
      if (state.inputs.anyForgettable(before))
        await readAgain(({ key, value }) => void (value !== undefined && isOld(key) && old.add(key)));
      if (old.size > 0) {
        await acquire();
        const messages = [...old].filter(isOld).map((key): Message => ({ key, value: null }));
        await right.end();
        await safely(() => patiently(() => store([...messages, claim(0)])));
      }
      state.inputs.lookAfresh();
    },
  };
}

const alreadyDone: Delivery = {
  done: true,
  noted: undefined,
  restart() {},
  batch: () => ({ add: () => false, deliver: async () => {} }),
  async end() {},
};

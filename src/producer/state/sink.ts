import { randomUUID } from "node:crypto";
import type { Message } from "kafkajs";
import { config } from "../../config.ts";
import { edges, heldBy } from "../../core/kafka/admin.ts";
import { ensureTopics } from "../../core/kafka/create-topics.ts";
import type { KafkaSettings } from "../../core/kafka/settings.ts";
import type { OpenFailures } from "../../core/record/recovery.ts";
import { topicConfigs, topics } from "../../core/topics.ts";
import type { Input } from "../inputs/input.ts";
import { isIn, type Share } from "../inputs/share.ts";
import type { KnownStreams } from "../judging/streams.ts";
import { connected } from "../sending/connection.ts";
import type { Delivery, Sink } from "../sending/delivery.ts";
import { type Session, stateDelivery } from "./delivery.ts";
import { knownStreams } from "./fold.ts";
import { lease, type Waiting } from "./lease.ts";
import { type LeaseClaim, leaseKeyOf } from "./shape.ts";
import { stateTopic } from "./topic.ts";

type StateOptions = Readonly<{
  settings: KafkaSettings;
  /** The name of the load in event mode, which keeps its progress apart and has no part in the stored failures. */
  load?: string | undefined;
  /** Which inputs this ingestion takes. */
  share: Share;
  /** Earlier progress is passed over: everything is sent again. */
  force?: boolean;
  /** Told when another ingestion is at work, and each minute until it lets this one in. */
  waiting: Waiting;
  signal?: AbortSignal | undefined;
}>;
/** A sink that remembers what it delivered. */
export type StateSink = Required<Sink>;

/** Connects to Kafka and reads the state topic; throws a `UserError` if Kafka cannot be reached. */
export async function stateSink(options: StateOptions): Promise<StateSink> {
  const { settings, load, share, force = false, waiting, signal } = options;
  const holder = randomUUID();
  const open: OpenFailures = new Map();
  const streams: KnownStreams = new Map();
  const prepare = async (admin: Parameters<typeof ensureTopics>[0]) => {
    await ensureTopics(admin, topicConfigs(config.kafka));
    return edges(await heldBy(admin, Object.values(topics)), "high");
  };
  const connection = await connected(settings, prepare, signal);
  const { [topics.state]: stateEnds = {}, ...ends } = connection.found;
  const topic = stateTopic(connection);
  const { state, surely, store } = topic;

  const claim = (ttl: number): Message => ({
    key: leaseKeyOf(share),
    value: JSON.stringify({ holder, ttl } satisfies LeaseClaim),
  });
  const right = lease({
    holder,
    share,
    state,
    claim: (ttl) => store([claim(ttl)]),
    until: (offset) => topic.until(offset + 1),
  });
  const acquire = () => surely(() => right.acquire(waiting, signal));
  const keyUnder = (address: string) => (load === undefined ? address : `event ${load} ${address}`);
  const keyOf = ({ address }: Input) => keyUnder(address);
  const isDone = (input: Input) =>
    !force && input.version !== undefined && state.inputs.isDone(keyOf(input), input.version);
  const recall = async (inputs: readonly Input[]) => {
    if (!force) await topic.recall(inputs.map(keyOf));
  };
  const session: Session = {
    connection,
    holder,
    right,
    ends,
    streams,
    failures: load === undefined,
    topic,
    release: () => claim(0),
  };

  const begin: Sink["begin"] = async (input, { again }) => {
    if (!again && isDone(input)) return alreadyDone;
    const key = keyOf(input);
    await acquire();
    if (!again && isDone(input)) {
      await right.end();
      await surely(() => store([claim(0)]));
      return alreadyDone;
    }
    await recall([input]);
    if (load === undefined) refill(open, state.failures);
    const noted = knownStreams(state, config.producer);
    refill(streams, noted.streams);
    if (noted.gone.length > 0) await surely(() => store(noted.gone.map((key) => ({ key, value: null }))));
    return stateDelivery(input, { key, found: force ? undefined : state.objects.get(key)?.state }, session);
  };
  const forget = async (under: string) => {
    const before = state.time - config.producer.progressKept.value * 1000;
    const isOld = (key: string) =>
      key.startsWith(keyUnder(under)) &&
      isIn(share, key.slice(keyUnder("").length)) &&
      state.inputs.isForgettable(key, before);
    const old = new Set<string>();
    if (state.inputs.anyForgettable(before))
      await topic.readAgain(({ key, value }) => void (value !== undefined && isOld(key) && old.add(key)));
    if (old.size > 0) {
      await acquire();
      const messages = [...old].filter(isOld).map((key): Message => ({ key, value: null }));
      await right.end();
      await surely(() => store([...messages, claim(0)]));
    }
    state.inputs.lookAfresh();
  };
  const close = async () => {
    await right.end();
    await topic.close();
    await connection.close();
  };
  try {
    await connection.safely(() => topic.until(stateEnds[0] ?? 0));
  } catch (error) {
    await close();
    throw error;
  }
  const see = (input: Input) => state.inputs.see(keyOf(input));
  return { open, streams, isDone, begin, check: topic.check, close, recall, see, forget };
}

function refill<K, V>(map: Map<K, V>, entries: Iterable<readonly [K, V]>): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

const alreadyDone: Delivery = {
  done: true,
  noted: undefined,
  restart() {},
  batch: () => ({ add: () => false, deliver: async () => {} }),
  async end() {},
};

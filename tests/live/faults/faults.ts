import { setTimeout as pause } from "node:timers/promises";
import { topics } from "../../../src/core/topics.ts";
import { send } from "../../support/kafka.ts";
import { badLine, badMessage, normalisedRecord, objectOf, type Range, rawRecord } from "./load.ts";
import { checkpointed, flushed } from "./loki.ts";
import type { Part, Rig } from "./rig.ts";
import { eventually } from "./wait.ts";

/** What a fault may use: the rig, how many records the object holds, and how far they have come. */
export type Scene = Readonly<{
  rig: Rig;
  records: number;
  /** How many lines Loki counts; rejects while it is away. */
  inLoki: () => Promise<number>;
}>;
/** A fault: `act` happens in the middle of the load and resolves when its cause is gone; with what it sent besides. */
export type Fault = Readonly<{
  key: string;
  title: string;
  /** The object in S3 and what must become of its lines; by default all are good records. */
  load?: (records: number) => Readonly<{ body: Buffer; sent: readonly Range[] }>;
  act: (scene: Scene) => Promise<readonly Range[]> | Promise<void>;
  /** It sends lines of long ago, which Loki shows only once it has written them. */
  history?: true;
  /** It is about what Loki itself writes when: the embedded store cannot take its place. */
  ofLoki?: true;
  /**
   * It is about several brokers, or several of ours: three brokers, and the object is read in so many seconds. Promtail
   * has no part in it.
   */
  cluster?: number;
}>;
type Victim = "producer" | "collector" | "holder" | "kafka" | "zookeeper" | "s3";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const percent = (records: number) => Math.max(1, Math.floor(records / 100));
const times = <T>(count: number, each: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => each(index));

/** Kills them at one moment and waits until each was started again. */
async function killed({ rig }: Scene, victims: readonly (Victim | Part)[], signal?: NodeJS.Signals): Promise<void> {
  const parts = victims.map((victim): Part => (victim === "collector" || victim === "holder" ? rig[victim] : victim));
  const before = rig.restarts.length;
  for (const part of parts) rig.kill(part, signal);
  await eventually(() => parts.every((part) => rig.restarts.slice(before).some(({ name }) => name === part)), 60_000);
}
const kill =
  (...victims: Victim[]): Fault["act"] =>
  (scene) =>
    killed(scene, victims);

/** A killed collector is killed again as soon as it has brought something to Loki. */
async function killAgain(scene: Scene): Promise<void> {
  await killed(scene, ["collector"]);
  for (const _ of [2, 3]) {
    const before = await eventually(scene.inLoki, 60_000);
    await eventually(async () => (await scene.inLoki()) > before, 60_000, 50);
    await killed(scene, ["collector"]);
  }
}

/**
 * Everything has arrived and was written to disk, then more comes, then Loki is killed: those last lines stand in its
 * log only.
 */
async function killedAfterFlush(scene: Scene): Promise<readonly Range[]> {
  const { rig, records, inLoki } = scene;
  const count = 5 * percent(records);
  await eventually(async () => (await inLoki()) >= records, 180_000);
  // The next checkpoint would keep what comes after the flush: this is as far from it as can be.
  await checkpointed(rig.lokiUrl);
  await flushed(rig.lokiUrl);
  await send(
    rig.kafkaBrokers,
    topics.records,
    times(count, (index) => ({ value: normalisedRecord(records + index) })),
  );
  await eventually(async () => (await inLoki()) >= records + count, 60_000);
  await killed(scene, ["holder"]);
  return [{ first: records, count, fate: "run" }];
}

async function skewed({ rig, records }: Scene): Promise<readonly Range[]> {
  const count = percent(records);
  const ahead = times(count, (index) => ({
    value: normalisedRecord(records + index),
    timestamp: String(Date.now() + HOUR),
  }));
  const behind = times(count, (index) => ({
    value: normalisedRecord(records + count + index),
    timestamp: String(Date.now() - 2 * DAY),
  }));
  await send(rig.kafkaBrokers, topics.records, [...ahead, ...behind]);
  return [{ first: records, count: 2 * count, fate: "run or reject" }];
}

async function monthOld({ rig, records }: Scene): Promise<readonly Range[]> {
  const count = percent(records);
  const start = Date.now() - 31 * DAY;
  const history = times(count, (index) => rawRecord(records + index, start + 1000 * index)).join("\n");
  await rig.ingest(["--from", "-", "--timestamps", "event", "--load", "histoire"], Buffer.from(history));
  return [{ first: records, count, fate: "run" }];
}

const MEGABYTE = 1_000_000;
function withLongLine(records: number): ReturnType<NonNullable<Fault["load"]>> {
  // An odd number: a failed run, which every hundredth is, has a description of its own.
  const long = 2 * Math.floor(records / 4) + 1;
  const body = objectOf(records, new Map([[long, rawRecord(long, Date.now(), "x".repeat(MEGABYTE))]]));
  return {
    body,
    sent: [
      { first: 0, count: long, fate: "run" },
      { first: long, count: 1, fate: "reject" },
      { first: long + 1, count: records - long - 1, fate: "run" },
    ],
  };
}

/** Amid the others, so that what shares a push with them is at stake. */
async function longMessages({ rig, records }: Scene): Promise<readonly Range[]> {
  const count = 10;
  for (let index = 0; index < count; index++) {
    await send(rig.kafkaBrokers, topics.records, [
      { value: normalisedRecord(records + index, "x".repeat(0.9 * MEGABYTE)) },
    ]);
  }
  return [{ first: records, count, fate: "run or reject" }];
}

function withGarbage(records: number): ReturnType<NonNullable<Fault["load"]>> {
  const bad = times(percent(records), (index) => index * 100 + 50).filter((number) => number < records);
  const sent = times(
    records,
    (number): Range => ({
      first: number,
      count: 1,
      fate: number % 100 === 50 && number <= bad.at(-1)! ? "reject" : "run",
    }),
  );
  return { body: objectOf(records, new Map(bad.map((number) => [number, badLine(number, Date.now())]))), sent };
}
async function garbageMessages({ rig, records }: Scene): Promise<readonly Range[]> {
  const count = percent(records);
  await send(
    rig.kafkaBrokers,
    topics.records,
    times(count, (index) => ({ value: badMessage(records + index) })),
  );
  return [{ first: records, count, fate: "invalid" }];
}

/** A second one beside the first, which is then killed and comes back. */
const killBeside =
  (name: "forwarder" | "producer"): Fault["act"] =>
  async (scene) => {
    await scene.rig.startSecond(name);
    await killed(scene, [name]);
  };

/** Three times one joins the group of forwarders, and leaves it 10 s later. */
async function comeAndGo({ rig }: Scene): Promise<void> {
  for (const _ of [1, 2, 3]) {
    await rig.startSecond("forwarder");
    await pause(10_000);
    rig.kill("forwarder-2", "SIGTERM");
    await pause(10_000);
  }
}

const killLeader = async (scene: Scene) => killed(scene, [await scene.rig.leaderOf(0)]);

/** Each of the three brokers, the next one once the one before is back. */
async function killInTurn(scene: Scene): Promise<void> {
  for (const broker of ["kafka", "kafka-2", "kafka-3"] as const) {
    await killed(scene, [broker]);
    await pause(15_000);
  }
}

export const faults: readonly Fault[] = [
  { key: "none", title: "none (for comparison)", act: async () => {} },
  { key: "kill-producer", title: "`kill -9` of the producer", act: kill("producer") },
  { key: "kill-collector", title: "`kill -9` of the collector", act: kill("collector") },
  { key: "kill-collector-3", title: "`kill -9` of the collector, three times in a row", act: killAgain },
  { key: "kill-loki", title: "`kill -9` of Loki", act: kill("holder") },
  { key: "kill-kafka", title: "`kill -9` of Kafka", act: kill("kafka") },
  { key: "kill-zookeeper", title: "`kill -9` of ZooKeeper", act: kill("zookeeper") },
  { key: "kill-s3", title: "`kill -9` of S3", act: kill("s3") },
  {
    key: "kill-loki-collector",
    title: "`kill -9` of Loki and the collector together",
    act: kill("holder", "collector"),
  },
  {
    key: "loki-unreachable",
    title: "Loki unreachable for 60 s (connections reset, new ones refused)",
    act: async ({ rig }) => {
      await rig.cutLoki();
      await pause(MINUTE);
      await rig.mendLoki();
    },
  },
  {
    key: "loki-frozen",
    title: "Loki frozen for 30 s (takes connections, answers none)",
    act: async ({ rig }) => {
      rig.kill(rig.holder, "SIGSTOP");
      await pause(MINUTE / 2);
      rig.kill(rig.holder, "SIGCONT");
    },
  },
  { key: "restart-kafka", title: "Kafka restarted (SIGTERM)", act: (scene) => killed(scene, ["kafka"], "SIGTERM") },
  {
    key: "flush-kill-loki",
    title: "`POST /flush`, more records, then `kill -9` of Loki",
    act: killedAfterFlush,
    ofLoki: true,
  },
  { key: "skewed-clocks", title: "1 % dated 1 h ahead, 1 % dated 2 days ago, by another producer", act: skewed },
  {
    key: "month-old",
    title: "1 % month-old records (`--timestamps event`) by a second producer",
    act: monthOld,
    history: true,
    ofLoki: true,
  },
  {
    key: "long-lines",
    title: "a line of 1 MB in the file, 10 messages of 900 KB in Kafka",
    load: withLongLine,
    act: longMessages,
  },
  {
    key: "garbage",
    title: "1 % garbage lines in the file, 1 % garbage messages in Kafka",
    load: withGarbage,
    act: garbageMessages,
  },
  { key: "cluster-none", title: "three brokers, no fault (for comparison)", act: async () => {}, cluster: 8 },
  {
    key: "cluster-broker",
    title: "three brokers: `kill -9` of one",
    act: (scene) => killed(scene, ["kafka-2"]),
    cluster: 15,
  },
  {
    key: "cluster-leader",
    title: "three brokers: `kill -9` of the leader of a partition",
    act: killLeader,
    cluster: 15,
  },
  { key: "cluster-in-turn", title: "three brokers: `kill -9` of each in turn", act: killInTurn, cluster: 60 },
  {
    key: "cluster-forwarders",
    title: "three brokers, two forwarders: `kill -9` of one",
    act: killBeside("forwarder"),
    cluster: 30,
  },
  {
    key: "cluster-come-and-go",
    title: "three brokers: a second forwarder joins and leaves every 10 s",
    act: comeAndGo,
    cluster: 90,
  },
  {
    key: "cluster-followers",
    title: "three brokers, two followers of one prefix: `kill -9` of the active one",
    act: killBeside("producer"),
    cluster: 30,
  },
];

import { setTimeout as pause } from "node:timers/promises";
import { topics } from "../../../src/core/topics.ts";
import { readTopic } from "../../support/kafka.ts";
import type { Fault } from "./faults.ts";
import { numberOf, objectOf, type Range } from "./load.ts";
import { counted, entries, flushed, type Window } from "./loki.ts";
import { watchProgress } from "./progress.ts";
import type { Rig } from "./rig.ts";
import { type Figures, judge, shownIn } from "./verdict.ts";
import { eventually } from "./wait.ts";

/** One row of the table. */
export type Row = Awaited<ReturnType<typeof runRow>>;
export type RunOptions = Readonly<{
  records: number;
  limitSeconds?: number;
  /** Called when the load has gone through, perhaps more than once. */
  onQuiet?: () => void;
}>;

const MIDDLE = 0.4;
const LOOK_MS = 400;
const QUIET_MS = 5000;
const DAY = 86_400_000;

/** Everything that Loki may show of a run: what is fresh, and what is about a month old. */
const windows = (now: number): Readonly<Record<"fresh" | "old", Window>> => ({
  fresh: { from: now - 20 * DAY, to: now + DAY / 12 },
  old: { from: now - 40 * DAY, to: now - 20 * DAY },
});

async function measure({ lokiUrl, kafkaBrokers }: Rig, sent: readonly Range[], history: boolean): Promise<Figures> {
  const { fresh, old } = windows(Date.now());
  // Counted before anything is written to disk, where Loki no longer counts twice what it was sent twice.
  let count = await counted(lokiUrl, fresh);
  const everything = async function* () {
    yield* entries(lokiUrl, fresh);
    if (history) await flushed(lokiUrl);
    yield* entries(lokiUrl, old);
  };
  const shown = await shownIn(everything());
  count += await counted(lokiUrl, old);
  const inKafka: Map<number, number>[] = [];
  for (const topic of [topics.records, topics.rejects]) {
    const times = new Map<number, number>();
    inKafka.push(times);
    await readTopic({ brokers: kafkaBrokers, topic }, ({ value }) => {
      const number = numberOf(value?.toString() ?? "");
      if (number !== undefined) times.set(number, (times.get(number) ?? 0) + 1);
    });
  }
  return judge(sent, shown, count, inKafka);
}

/**
 * Runs one fault on a fresh rig: load, fault in the middle, waiting until all has settled, measuring. Rejects when the
 * row could not be run.
 */
export async function runRow(fault: Fault, rig: Rig, { records, limitSeconds = 180, onQuiet = () => {} }: RunOptions) {
  const since = Date.now() - 1000;
  const progress = watchProgress(rig, since);
  try {
    const { body, sent: fromObject } = fault.load?.(records) ?? {
      body: objectOf(records),
      sent: [{ first: 0, count: records, fate: "run" }] as const,
    };
    await rig.upload(body);
    await rig.startProducer();
    await eventually(async () => (await progress.inKafka()) >= MIDDLE * records, 120_000, 50);
    await eventually(async () => (await progress.inLoki()) > 0, 60_000, 50);
    const at = { kafka: (await progress.inKafka()) / records, loki: (await progress.inLoki()) / records };
    if (at.kafka >= 1 || at.loki >= 1)
      throw new Error("the last record had gone through before the fault: too few records for this machine");
    const before = rig.restarts.length;
    const added = (await fault.act({ rig, records, inLoki: progress.inLoki })) ?? [];
    const asked = rig.restarts.slice(before).filter((restart) => restart.asked);
    const mended = asked.at(-1)?.at ?? Date.now();
    const sent = [...fromObject, ...added];
    const wanted = sent.reduce((sum, { count }) => sum + count, 0);

    let last = { at: Date.now(), inKafka: 0, inLoki: 0 };
    let settled: { figures: Figures; finished: boolean } | undefined;
    for (const end = mended + limitSeconds * 1000; !settled; await pause(LOOK_MS)) {
      const now = await progress.now();
      const inKafka = now.inKafka ?? last.inKafka;
      const inLoki = now.inLoki ?? last.inLoki;
      if (inKafka !== last.inKafka || inLoki !== last.inLoki) last = { at: Date.now(), inKafka, inLoki };
      const late = Date.now() > end;
      const quiet =
        now.collectorIdle && now.inLoki !== undefined && inKafka >= wanted && Date.now() - last.at > QUIET_MS;
      if (now.collectorIdle && inKafka >= wanted) onQuiet();
      if (!quiet && !late) continue;
      const figures = await measure(rig, sent, fault.history === true);
      const finished = figures.neverInKafka === 0 && quiet;
      if (finished || late) settled = { figures, finished };
      else await pause(QUIET_MS);
    }
    return {
      ...settled.figures,
      fault: fault.key,
      collector: rig.collector,
      /** How many numbered records and messages were sent. */
      sent: wanted,
      /** Shares of the object's records that stood in Kafka and in Loki when the fault began. */
      at,
      /** Seconds from the moment when the cause was gone until Loki's count changed for the last time. */
      catchUp: Math.max(0, (last.at - mended) / 1000),
      /** Services that ended without being killed, and were started again. */
      ended: rig.restarts.filter((restart) => !restart.asked).map(({ name }) => name),
      /** Whether something still moved, or was not there yet, when the waiting ended. */
      unfinished: !settled.finished,
    };
  } finally {
    await progress.close();
  }
}

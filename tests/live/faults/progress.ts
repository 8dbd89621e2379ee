import { consumerGroups, topics } from "../../../src/core/topics.ts";
import { caughtUp, total, watchKafka } from "./kafka.ts";
import { counted, sumsAt } from "./loki.ts";
import type { Rig } from "./rig.ts";

/** How far the messages have come; nothing for what did not answer. */
export type Progress = Readonly<{ inKafka: number | undefined; inLoki: number | undefined; collectorIdle: boolean }>;

const ANSWER_MS = 5000;
/**
 * Bytes that Promtail holds in memory: it marks Kafka's offsets before Loki took them, so offsets alone do not tell
 * that it has finished.
 */
async function heldByPromtail(url: string): Promise<number> {
  const sum = await sumsAt(url);
  return sum("promtail_encoded_bytes_total") - sum("promtail_sent_bytes_total") - sum("promtail_dropped_bytes_total");
}

/** Looks, from outside, at how far a rig's messages have come. */
export function watchProgress(rig: Rig, since: number) {
  const kafka = watchKafka(rig.kafkaBrokers);
  const ends = async () => [await kafka.ends(topics.records), await kafka.ends(topics.rejects)] as const;
  const inKafka = async () => (await ends()).reduce((sum, offsets) => sum + total(offsets), 0);
  const inLoki = () => counted(rig.lokiUrl, { from: since, to: Date.now() + 1000 }, ANSWER_MS);
  const collectorIdle = async () => {
    const [records, rejects] = await ends();
    if (!caughtUp(await kafka.committed(consumerGroups.records, topics.records), records)) return false;
    if (!caughtUp(await kafka.committed(consumerGroups.rejects, topics.rejects), rejects)) return false;
    return rig.collector !== "promtail" || (await heldByPromtail(rig.promtailUrl)) === 0;
  };
  const or = <T>(value: Promise<T>, other: T) => value.catch(() => other);
  return {
    inKafka,
    inLoki,
    now: async (): Promise<Progress> => ({
      inKafka: await or<number | undefined>(inKafka(), undefined),
      inLoki: await or<number | undefined>(inLoki(), undefined),
      collectorIdle: await or(collectorIdle(), false),
    }),
    close: kafka.close,
  };
}

import type { Admin, Kafka } from "kafkajs";
import { sum } from "../numbers.ts";
import { type ConsumerGroups, topics } from "../topics.ts";

/** Does something as an administrator, over a connection of its own. */
export async function withAdmin<T>(kafka: Kafka, action: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await action(admin);
  } finally {
    await admin.disconnect();
  }
}

/** By topic and partition. */
export type Offsets = Record<string, Record<string, number>>;
/** What a partition holds: the messages from offset `low` up to, and without, `high`. */
export type Held = Readonly<{ topic: string; partition: number; low: number; high: number }>;

/** What the topics, which exist, hold now. */
export async function heldBy(admin: Admin, topics: readonly string[]): Promise<readonly Held[]> {
  const found = topics.map(async (topic) =>
    (await admin.fetchTopicOffsets(topic))
      .map(({ partition, low, high }) => ({ topic, partition, low: Number(low), high: Number(high) }))
      .toSorted((a, b) => a.partition - b.partition),
  );
  return (await Promise.all(found)).flat();
}

/** How many messages that are; after compaction fewer. */
export const messagesIn = (held: readonly Held[]): number => sum(held.map(({ low, high }) => high - low));

/** Where the partitions begin or end. */
export function edges(held: readonly Held[], edge: "low" | "high"): Offsets {
  const offsets: Offsets = {};
  for (const one of held) offsets[one.topic] = { ...offsets[one.topic], [one.partition]: one[edge] };
  return offsets;
}

/** Up to where the groups have read the topics that they carry; a partition that they have never read is left out. */
export async function committedBy(admin: Admin, groups: ConsumerGroups): Promise<Offsets> {
  const committed = (["records", "rejects"] as const).map(async (name) => {
    const [answer] = await admin.fetchOffsets({ groupId: groups[name], topics: [topics[name]] });
    const read = (answer?.partitions ?? []).filter(({ offset }) => Number(offset) >= 0);
    return [
      topics[name],
      Object.fromEntries(read.map(({ partition, offset }) => [partition, Number(offset)])),
    ] as const;
  });
  return Object.fromEntries(await Promise.all(committed));
}

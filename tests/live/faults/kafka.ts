import type { Admin } from "kafkajs";
import { topics } from "../../../src/core/topics.ts";
import { administer, kafkaAt, type Offsets } from "../../support/kafka.ts";

/** Looks at offsets through a connection that is made anew after an error. */
export function watchKafka(brokers: string) {
  let admin: Promise<Admin> | undefined;
  const open = async () => {
    const opened = kafkaAt(brokers).admin();
    await opened.connect();
    return opened;
  };
  const close = async () => {
    const closing = admin;
    admin = undefined;
    await closing?.then((one) => one.disconnect()).catch(() => {});
  };
  const asked = async <T>(ask: (admin: Admin) => Promise<T>): Promise<T> => {
    admin ??= open();
    try {
      return await ask(await admin);
    } catch (error) {
      await close();
      throw error;
    }
  };
  const byPartition = (all: readonly { partition: number; offset: string }[]): Offsets =>
    Object.fromEntries(
      all.filter(({ offset }) => offset !== "-1").map(({ partition, offset }) => [partition, Number(offset)]),
    );
  return {
    close,
    /** What a topic holds; rejects while the broker is away. */
    ends: (topic: string) =>
      asked(async (one) =>
        byPartition((await one.fetchTopicOffsets(topic)).map(({ partition, high }) => ({ partition, offset: high }))),
      ),
    /** How far a consumer group has come; nothing for a partition that it has not begun. */
    committed: (groupId: string, topic: string) =>
      asked(async (one) =>
        byPartition((await one.fetchOffsets({ groupId, topics: [topic] })).flatMap(({ partitions }) => partitions)),
      ),
  };
}

/** The number of the broker that leads a partition of the records. */
export const leaderOf = (brokers: string, partition: number): Promise<number> =>
  administer(brokers, async (admin) => {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [topics.records] });
    return found[0]!.partitions.find(({ partitionId }) => partitionId === partition)!.leader;
  });

export const total = (offsets: Offsets) => Object.values(offsets).reduce((sum, offset) => sum + offset, 0);
export const caughtUp = (committed: Offsets, ends: Offsets) =>
  Object.entries(ends).every(([partition, end]) => end === 0 || committed[Number(partition)] === end);

import type { Admin } from "kafkajs";
import { type ConsumerGroups, topics } from "../core/topics.ts";
import type { Lag } from "./metrics.ts";

/** What the groups of both topics have not committed yet, over a connection that is made when it is first asked. */
export function lagsOf(admin: Admin, groups: ConsumerGroups) {
  let connection: Promise<void> | undefined;
  const ofTopic = async (topic: string, groupId: string): Promise<Lag[]> => {
    const [ends, offsets] = await Promise.all([
      admin.fetchTopicOffsets(topic),
      admin.fetchOffsets({ groupId, topics: [topic] }),
    ]);
    const committed = new Map(offsets[0]?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    return ends.map(({ partition, low, high }) => ({
      topic,
      partition,
      messages: Number(high) - Math.max(Number(low), committed.get(partition) ?? -1),
    }));
  };
  return {
    async ask(): Promise<Lag[]> {
      connection ??= admin.connect();
      await connection.catch((error) => {
        connection = undefined;
        throw error;
      });
      return (
        await Promise.all([ofTopic(topics.records, groups.records), ofTopic(topics.rejects, groups.rejects)])
      ).flat();
    },
    close: () => admin.disconnect().catch(() => {}),
  };
}

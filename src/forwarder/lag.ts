import type { Admin } from "kafkajs";
import { committedBy, heldBy } from "../core/kafka/admin.ts";
import { type ConsumerGroups, topics } from "../core/topics.ts";
import type { Lag } from "./metrics.ts";

/** What the groups of both topics have not committed yet, over a connection that is made when it is first asked. */
export function lagsOf(admin: Admin, groups: ConsumerGroups) {
  let connection: Promise<void> | undefined;
  return {
    async ask(): Promise<Lag[]> {
      connection ??= admin.connect();
      await connection.catch((error) => {
        connection = undefined;
        throw error;
      });
      const asked = [heldBy(admin, [topics.records, topics.rejects]), committedBy(admin, groups)] as const;
      const [held, committed] = await Promise.all(asked);
      return held.map(({ topic, partition, low, high }) => ({
        topic,
        partition,
        messages: high - Math.max(low, committed[topic]?.[partition] ?? 0),
      }));
    },
    close: () => admin.disconnect().catch(() => {}),
  };
}

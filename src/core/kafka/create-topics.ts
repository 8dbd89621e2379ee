import kafkajs, { type Admin, type ITopicConfig } from "kafkajs";
import { isSettling, patiently } from "./patiently.ts";

const CREATED_MS = 10_000;

/** Creates the topics that are missing; with `configure`, gives those that exist their configured retention. */
export async function ensureTopics(
  admin: Admin,
  wanted: readonly ITopicConfig[],
  { configure = false } = {},
): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = wanted.filter(({ topic }) => !existing.has(topic));
  const present = wanted.filter(({ topic }) => existing.has(topic));
  if (missing.length > 0) {
    // kafkajs would wait for their leaders, but not for the topics: without ZooKeeper they are not known at once.
    await admin.createTopics({ topics: missing, waitForLeaders: false });
    const names = missing.map(({ topic }) => topic);
    await patiently(() => admin.fetchTopicMetadata({ topics: names }), { ms: CREATED_MS, while: isSettling });
  }
  if (!configure || present.length === 0) return;
  const resources = present.map(({ topic, configEntries = [] }) => ({
    type: kafkajs.ConfigResourceTypes.TOPIC,
    name: topic,
    configEntries,
  }));
  await admin.alterConfigs({ validateOnly: false, resources });
}

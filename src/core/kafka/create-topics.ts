import kafkajs, { type Admin, type ITopicConfig } from "kafkajs";

/** Creates the topics that are missing; with `configure`, gives those that exist their configured retention. */
export async function ensureTopics(
  admin: Admin,
  wanted: readonly ITopicConfig[],
  { configure = false } = {},
): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = wanted.filter(({ topic }) => !existing.has(topic));
  const present = wanted.filter(({ topic }) => existing.has(topic));
  if (missing.length > 0) await admin.createTopics({ topics: missing, waitForLeaders: true });
  if (!configure || present.length === 0) return;
  const resources = present.map(({ topic, configEntries = [] }) => ({
    type: kafkajs.ConfigResourceTypes.TOPIC,
    name: topic,
    configEntries,
  }));
  await admin.alterConfigs({ validateOnly: false, resources });
}

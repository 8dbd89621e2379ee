import { config } from "../../src/config.ts";
import { ensureTopics } from "../../src/core/kafka/create-topics.ts";
import { topicConfigs, topics } from "../../src/core/topics.ts";
import { administer, topicEnds } from "../../tests/support/kafka.ts";

/** How many messages a topic has been given. */
export const messagesIn = async (brokers: string, topic: string): Promise<number> =>
  Object.values(await topicEnds(brokers, topic)).reduce((sum, end) => sum + end, 0);

/** A topic of another name with the settings of the records topic. */
export async function twinTopic(brokers: string, topic: string): Promise<void> {
  const records = topicConfigs(config.kafka).find((wanted) => wanted.topic === topics.records)!;
  await administer(brokers, (client) => ensureTopics(client, [{ ...records, topic }]));
}

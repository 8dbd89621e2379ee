import kafkajs from "kafkajs";
import { config } from "../../src/config.ts";
import { ensureTopics } from "../../src/core/kafka/create-topics.ts";
import { topicConfigs, topics } from "../../src/core/topics.ts";

const admin = async <T>(brokers: string, ask: (admin: kafkajs.Admin) => Promise<T>): Promise<T> => {
  const client = new kafkajs.Kafka({
    brokers: [brokers],
    clientId: "bench",
    logLevel: kafkajs.logLevel.NOTHING,
  }).admin();
  await client.connect();
  return ask(client).finally(() => client.disconnect());
};

/** How many messages a topic has been given. */
export const messagesIn = (brokers: string, topic: string): Promise<number> =>
  admin(brokers, async (client) =>
    (await client.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0),
  );

/** A topic of another name with the settings of the records topic. */
export async function twinTopic(brokers: string, topic: string): Promise<void> {
  const records = topicConfigs(config.kafka).find((wanted) => wanted.topic === topics.records)!;
  await admin(brokers, (client) => ensureTopics(client, [{ ...records, topic }]));
}

/** Gives a connected producer to `send`. */
export async function producing(brokers: string, send: (producer: kafkajs.Producer) => Promise<void>): Promise<void> {
  const producer = new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.NOTHING }).producer({
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? 0,
  });
  await producer.connect();
  await send(producer).finally(() => producer.disconnect());
}

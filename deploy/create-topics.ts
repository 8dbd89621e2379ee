import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import kafkajs from "kafkajs";
import { config } from "../src/config.ts";
import { topicConfigs } from "../src/topics.ts";

type Options = Readonly<{ attempts?: number; signal?: AbortSignal | undefined }>;

/** Creates the topics that are missing and gives those that exist their configured retention; tries `attempts` times, one second apart, to reach Kafka. */
export async function createTopics(brokers: string[], { attempts = 60, signal }: Options = {}): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await createTopicsOnce(brokers);
    } catch (cause) {
      if (attempt >= attempts)
        throw new Error(`no topic was created: Kafka at ${brokers.join(",")} did not answer ${attempts} times: ${(cause as Error).message}`, { cause });
      await sleep(1000, undefined, { signal });
    }
  }
}

async function createTopicsOnce(brokers: string[]): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers, clientId: "create-topics", logLevel: kafkajs.logLevel.NOTHING, retry: { retries: 0 } }).admin();
  try {
    await admin.connect();
    const wanted = topicConfigs(config.kafka);
    const existing = new Set(await admin.listTopics());
    const missing = wanted.filter(({ topic }) => !existing.has(topic));
    const present = wanted.filter(({ topic }) => existing.has(topic));
    if (missing.length > 0) await admin.createTopics({ topics: missing, waitForLeaders: true });
    if (present.length > 0) {
      const resources = present.map(({ topic, configEntries = [] }) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries }));
      await admin.alterConfigs({ validateOnly: false, resources });
    }
  } finally {
    await admin.disconnect();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const brokers = (process.env.KAFKA_BROKERS || "127.0.0.1:9092").split(",");
  try {
    await createTopics(brokers);
    console.log(
      `topics ready: ${topicConfigs(config.kafka)
        .map(({ topic }) => topic)
        .join(", ")}`,
    );
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

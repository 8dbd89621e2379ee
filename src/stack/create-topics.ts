import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import kafkajs from "kafkajs";
import { config } from "../config.ts";
import type { Config } from "../core/config/schema.ts";
import { ensureTopics } from "../core/kafka/create-topics.ts";
import { type KafkaSettings, kafkaSettings } from "../core/kafka/settings.ts";
import { topicConfigs } from "../core/topics.ts";
import { sentences } from "../core/visible.ts";

type Options = Readonly<{ attempts?: number; signal?: AbortSignal | undefined; replication?: number | undefined }>;

/** Creates the topics that are missing and gives those that exist their configured retention; tries `attempts` times, one second apart, to reach Kafka. */
export async function createTopics(
  settings: KafkaSettings,
  { attempts = 60, signal, replication }: Options = {},
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await createTopicsOnce(settings, { ...config.kafka, ...(replication && { replication }) });
    } catch (cause) {
      if (attempt >= attempts)
        throw new Error(
          `no topic was created: Kafka at ${settings.brokers.join(",")} did not answer ${attempts} times: ${(cause as Error).message}`,
          {
            cause,
          },
        );
      await sleep(1000, undefined, { signal });
    }
  }
}

async function createTopicsOnce(settings: KafkaSettings, wanted: Config["kafka"]): Promise<void> {
  const admin = new kafkajs.Kafka({
    ...settings,
    clientId: "create-topics",
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 0 },
  }).admin();
  try {
    await admin.connect();
    await ensureTopics(admin, topicConfigs(wanted), { configure: true });
  } finally {
    await admin.disconnect();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await createTopics(kafkaSettings(process.env));
    console.log(
      `topics ready: ${topicConfigs(config.kafka)
        .map(({ topic }) => topic)
        .join(", ")}`,
    );
  } catch (error) {
    console.error(sentences((error as Error).message));
    process.exitCode = 1;
  }
}

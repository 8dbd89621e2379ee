import { setTimeout as sleep } from "node:timers/promises";
import kafkajs from "kafkajs";
import { config } from "../config.ts";
import { parserOf, type Run } from "../core/command.ts";
import { UserError } from "../core/errors.ts";
import { withAdmin } from "../core/kafka/admin.ts";
import { kafkaSentence } from "../core/kafka/advice.ts";
import { ensureTopics } from "../core/kafka/create-topics.ts";
import { type KafkaSettings, kafkaSettings } from "../core/kafka/settings.ts";
import { topicConfigs } from "../core/topics.ts";

type Options = Readonly<{ attempts?: number; signal?: AbortSignal | undefined }>;

/**
 * Creates the topics that are missing and gives those that exist their configured retention.
 * Tries `attempts` times, one second apart, to reach Kafka.
 */
export async function createTopics(settings: KafkaSettings, { attempts = 60, signal }: Options = {}): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await createTopicsOnce(settings);
    } catch (cause) {
      if (attempt >= attempts)
        throw new UserError(`No topic was created: ${kafkaSentence(cause, { settings, connecting: true })}`, { cause });
      await sleep(1000, undefined, { signal });
    }
  }
}

async function createTopicsOnce(settings: KafkaSettings): Promise<void> {
  const kafka = new kafkajs.Kafka({
    ...settings,
    clientId: "create-topics",
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 0 },
  });
  await withAdmin(kafka, (admin) => ensureTopics(admin, topicConfigs(config.kafka), { configure: true }));
}

/** Creates the topics; the exit status is 0, or 1 where Kafka cannot be reached. */
export const run: Run = async (args, around) => {
  parserOf("create-topics", around)
    .description("Creates the topics that are missing in Kafka.")
    .parse(args, { from: "user" });
  await createTopics(kafkaSettings(around.env));
  const names = topicConfigs(config.kafka).map(({ topic }) => topic);
  around.stdout.write(`topics ready: ${names.join(", ")}\n`);
  return 0;
};

import { UserError } from "../core/errors.ts";
import type { ServiceName } from "./service.ts";

export const kafkaModes = ["zookeeper", "kraft"] as const;
export type KafkaMode = (typeof kafkaModes)[number];

/** `KAFKA_MODE`, who keeps Kafka's own records: ZooKeeper (Kafka 3.9), or Kafka itself (KRaft, Kafka 4). */
export function kafkaMode({ KAFKA_MODE }: NodeJS.ProcessEnv): KafkaMode {
  if (!KAFKA_MODE) return "zookeeper";
  const chosen = kafkaModes.find((mode) => mode === KAFKA_MODE);
  if (!chosen)
    throw new UserError(`KAFKA_MODE is ${JSON.stringify(KAFKA_MODE)}; set it to ${kafkaModes.join(" or ")}.`);
  return chosen;
}

/** The services that are Kafka, in the order of their start. */
export const kafkaServices = (env: NodeJS.ProcessEnv = process.env): readonly ServiceName[] =>
  kafkaMode(env) === "kraft" ? ["kafka"] : ["zookeeper", "kafka"];

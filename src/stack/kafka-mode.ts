import type { kafkaModes } from "../core/env/stack.ts";
import { setting } from "../core/env.ts";
import type { ServiceName } from "./service.ts";

export type KafkaMode = (typeof kafkaModes)[number];

/** Who keeps Kafka's own records: ZooKeeper, or Kafka itself. */
export const kafkaMode = (env: NodeJS.ProcessEnv): KafkaMode => setting(env, "KAFKA_MODE");

/** The services that are Kafka, in the order of their start. */
export const kafkaServices = (env: NodeJS.ProcessEnv = process.env): readonly ServiceName[] =>
  kafkaMode(env) === "kraft" ? ["kafka"] : ["zookeeper", "kafka"];

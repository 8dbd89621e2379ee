import { type Environment, setting } from "../core/env.ts";
import type { ServiceName } from "./service.ts";

export type KafkaMode = Environment["KAFKA_MODE"];

/** `KAFKA_MODE`, who keeps Kafka's own records: ZooKeeper (Kafka 3.9), or Kafka itself (KRaft, Kafka 4). */
export const kafkaMode = (env: NodeJS.ProcessEnv): KafkaMode => setting(env, "KAFKA_MODE");

/** The services that are Kafka, in the order of their start. */
export const kafkaServices = (env: NodeJS.ProcessEnv = process.env): readonly ServiceName[] =>
  kafkaMode(env) === "kraft" ? ["kafka"] : ["zookeeper", "kafka"];

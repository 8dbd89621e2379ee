import type { collectors } from "../core/env/stack.ts";
import { type Environment, setting } from "../core/env.ts";
import { findInstalled } from "./installed.ts";
import type { ServiceName } from "./service.ts";

export type Collector = (typeof collectors)[number];
export type KafkaMode = Environment["KAFKA_MODE"];
/** What may hold the lines: Loki, or the embedded store, which answers as Loki does. */
export const holders = ["loki", "store"] as const;
export type Holder = (typeof holders)[number];

/** What carries Kafka to Loki natively: what was chosen, else Promtail where it is installed, else the forwarder. */
export const nativeCollector = (env: NodeJS.ProcessEnv): Collector =>
  setting(env, "COLLECTOR") ?? (findInstalled("promtail", env) ? "promtail" : "forwarder");

/** What holds the lines natively: Loki where it is installed, else the embedded store. */
export const nativeHolder = (env: NodeJS.ProcessEnv): Holder => (findInstalled("loki", env) ? "loki" : "store");

/** `KAFKA_MODE`, who keeps Kafka's own records: ZooKeeper (Kafka 3.9), or Kafka itself (KRaft, Kafka 4). */
export const kafkaMode = (env: NodeJS.ProcessEnv): KafkaMode => setting(env, "KAFKA_MODE");

/** The services that are Kafka, in the order of their start. */
export const kafkaServices = (env: NodeJS.ProcessEnv = process.env): readonly ServiceName[] =>
  kafkaMode(env) === "kraft" ? ["kafka"] : ["zookeeper", "kafka"];

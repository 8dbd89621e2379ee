import type { ITopicConfig } from "kafkajs";
import type { Config } from "./config/schema.ts";

/** Kafka topics: normalised records, what was refused, and the producer's progress and open failures. */
export const topics = {
  records: "ingestion-logs",
  rejects: "ingestion-logs-rejets",
  state: "ingestion-producer-state",
} as const;

/** Who carries each topic to Loki: one name for every collector, so that one goes on where another stopped. */
export const consumerGroups: ConsumerGroups = { records: "promtail-consumer", rejects: "promtail-consumer-rejets" };
export type ConsumerGroups = Readonly<{ records: string; rejects: string }>;

/** Groups beside these, which read everything once more: to fill another Loki. */
export const groupsBeside = (name: string): ConsumerGroups => ({ records: name, rejects: `${name}-rejets` });

const entries = (values: Record<string, string>) => Object.entries(values).map(([name, value]) => ({ name, value }));

/** As many replicas as the brokers give a topic by themselves: one on one machine, three in a cluster. */
const BROKERS_DEFAULT = -1;

/** The topics to create. Retention is by bytes: message times may be months old, and time would delete them at once. */
export function topicConfigs({ partitions, retentionBytes }: Config["kafka"]): ITopicConfig[] {
  const kept = entries({
    "retention.ms": "-1",
    "retention.bytes": String(retentionBytes),
    "message.timestamp.type": "CreateTime",
  });
  // Who may write is decided by the times of the broker alone, over messages that are too young to be compacted.
  const state = entries({
    "cleanup.policy": "compact",
    "message.timestamp.type": "LogAppendTime",
    "min.compaction.lag.ms": "3600000",
    "segment.bytes": "16777216",
    "max.message.bytes": "8388608",
  });
  return [
    { topic: topics.records, numPartitions: partitions, replicationFactor: BROKERS_DEFAULT, configEntries: kept },
    { topic: topics.rejects, numPartitions: 1, replicationFactor: BROKERS_DEFAULT, configEntries: kept },
    { topic: topics.state, numPartitions: 1, replicationFactor: BROKERS_DEFAULT, configEntries: state },
  ];
}

/**
 * Message headers of records and rejects: the input's address, the place in it (line, or element of an array, from 1),
 * and how many records up to there a reject stands for, if more than one.
 */
export const placeHeaders = { input: "input", position: "position", records: "records" } as const;

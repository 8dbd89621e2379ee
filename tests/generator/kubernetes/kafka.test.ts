import { describe, expect, test } from "vitest";
import { config } from "../../../src/config.ts";
import { brokerDisk } from "../../../src/core/kafka/disk.ts";
import { versions } from "../../../src/core/versions.ts";
import { find, objects } from "./support.ts";

describe("Kafka", () => {
  const { spec } = find("Kafka", "ingestion");

  test("three brokers without ZooKeeper; a message stands on three, and two must have it", () => {
    expect(find("KafkaNodePool", "brokers").spec).toMatchObject({ replicas: 3, roles: ["controller", "broker"] });
    expect(spec).not.toHaveProperty("zookeeper");
    expect(spec.kafka.version).toBe(versions.kafka);
    expect(spec.kafka.config).toMatchObject({
      "auto.create.topics.enable": false,
      "default.replication.factor": 3,
      "min.insync.replicas": 2,
      "offsets.topic.replication.factor": 3,
      // As long as Loki keeps its lines, as in Compose.
      "offsets.retention.minutes": config.retention.value / 60,
    });
  });

  test("asks everybody for a password, over TLS", () =>
    expect(spec.kafka.listeners).toMatchObject([{ port: 9093, tls: true, authentication: { type: "scram-sha-512" } }]));

  test("its topics have the settings that they have on one machine", () => {
    const topics = objects.filter(({ kind }) => kind === "KafkaTopic");
    const shown = topics.map(({ metadata, spec: { partitions, replicas, config } }) => [
      metadata.name,
      metadata.labels["strimzi.io/cluster"],
      partitions,
      replicas,
      config,
    ]);
    const kept = {
      "retention.ms": "-1",
      "retention.bytes": "1073741824",
      "message.timestamp.type": "CreateTime",
      "min.insync.replicas": "2",
    };
    const state = {
      "cleanup.policy": "compact",
      "message.timestamp.type": "LogAppendTime",
      "min.compaction.lag.ms": "3600000",
      "segment.bytes": "16777216",
      "max.message.bytes": "8388608",
      "min.insync.replicas": "2",
    };
    expect(shown).toEqual([
      ["ingestion-logs", "ingestion", 3, 3, kept],
      ["ingestion-logs-rejets", "ingestion", 1, 3, kept],
      ["ingestion-producer-state", "ingestion", 1, 3, state],
    ]);
  });

  test("a broker's disk holds every partition's retention and the segment that is being written, and a quarter more", () => {
    // Five partitions of 1 GiB and a segment of 1 GiB: 10 GiB, and a quarter.
    expect(brokerDisk(config.kafka)).toBe("13Gi");
    expect(find("KafkaNodePool", "brokers").spec.storage.volumes[0].size).toBe("13Gi");
  });
});

import { expect, test } from "vitest";
import { config } from "../../src/config.ts";
import { topicConfigs } from "../../src/core/topics.ts";
import { readYaml } from "../support/built.ts";

test("topics are kept by size and never by time, since message times may be months old; the state is compacted", () => {
  const topics = topicConfigs(config.kafka).map(({ topic, numPartitions, configEntries }) => [
    topic,
    numPartitions,
    Object.fromEntries(configEntries!.map(({ name, value }) => [name, value])),
  ]);
  const kept = {
    "retention.ms": "-1",
    "retention.bytes": String(config.kafka.retentionBytes),
    "message.timestamp.type": "CreateTime",
  };
  const state = {
    "cleanup.policy": "compact",
    "message.timestamp.type": "LogAppendTime",
    "min.compaction.lag.ms": "3600000",
    "segment.bytes": "16777216",
    "max.message.bytes": "8388608",
  };
  expect(topics).toEqual([
    ["ingestion-logs", 3, kept],
    ["ingestion-logs-rejets", 1, kept],
    ["ingestion-producer-state", 1, state],
  ]);
});

test("Promtail reads exactly the two topics, keeps Kafka's time and never gives up", () => {
  const { clients, scrape_configs, server } = readYaml("promtail-config.yml");
  expect(clients).toEqual([
    {
      url: "http://loki:3100/loki/api/v1/push",
      batchsize: 65_536,
      batchwait: "250ms",
      backoff_config: { max_retries: 0 },
    },
  ]);
  expect(server.grpc_listen_address).toBe("127.0.0.1");
  const read = scrape_configs.map(
    ({ kafka: { topics, group_id, use_incoming_timestamp, labels } }: { kafka: Record<string, unknown> }) => [
      topics,
      group_id,
      use_incoming_timestamp,
      labels,
    ],
  );
  expect(read).toEqual([
    [["^ingestion-logs$"], "promtail-consumer", true, { job: "kafka-logs" }],
    [["^ingestion-logs-rejets$"], "promtail-consumer-rejets", true, { job: "kafka-rejets" }],
  ]);
});

test("Loki keeps what the configuration says, takes history in any order within a day and refuses no old line", () => {
  const { limits_config, ingester, compactor, schema_config } = readYaml("loki-config.yml");
  expect(limits_config).toMatchObject({
    retention_period: `${config.retention.value / 3600}h`,
    max_query_length: "0s",
    split_instant_metric_queries_by_interval: "24h",
    reject_old_samples: false,
    max_line_size: 262_144,
    discover_service_name: [],
    discover_log_levels: false,
    shard_streams: { enabled: false },
  });
  expect(ingester).toMatchObject({
    max_chunk_age: "48h",
    chunk_encoding: "snappy",

    wal: { flush_on_shutdown: true, checkpoint_duration: "1m" },
  });
  expect(compactor.retention_enabled).toBe(true);
  expect(schema_config.configs).toMatchObject([{ store: "tsdb", schema: "v13" }]);
});

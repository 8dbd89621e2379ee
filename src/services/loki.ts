import type { Config } from "../core/config/schema.ts";
import { hours, printDuration } from "../core/units.ts";
import { MAX_RECORD_BYTES } from "../schema.ts";
import type { Target } from "./target.ts";

/** Streams for what does not come from the producer: rejects, and messages of others, INVALID or not. */
const OTHER_STREAMS = 1000;

/** How long a stream's lines may wait in memory to be written. */
export const MAX_CHUNK_AGE = hours(48);

type ObjectStore = "filesystem" | "s3";

/** What every Loki of ours has: the schema on its store, what a stream accepts, the limits and the retention. */
export const lokiCommon = ({ retention, producer }: Config, store: ObjectStore) => ({
  auth_enabled: false,
  analytics: { reporting_enabled: false },
  schema_config: {
    configs: [
      {
        from: "2020-01-01",
        store: "tsdb",
        object_store: store,
        schema: "v13",
        index: { prefix: "index_", period: "24h" },
      },
    ],
  },
  // 48 h widens both windows: lines up to 24 h older than the stream's newest are taken, those in memory stay readable.
  // After a crash Loki 3.7 drops a stream's lines since its last flush as duplicates, unless a checkpoint came after:
  // checkpoints are frequent, and a stop flushes.
  ingester: {
    max_chunk_age: printDuration(MAX_CHUNK_AGE),
    chunk_encoding: "snappy",
    wal: { flush_on_shutdown: true, checkpoint_duration: "1m" },
  },
  compactor: { retention_enabled: true, delete_request_store: store },
  limits_config: {
    retention_period: printDuration(retention),
    reject_old_samples: false,
    max_line_size: MAX_RECORD_BYTES,
    max_global_streams_per_user: producer.maxStreams + OTHER_STREAMS,
    ingestion_rate_mb: 64,
    ingestion_burst_size_mb: 128,
    per_stream_rate_limit: "64MB",
    per_stream_rate_limit_burst: "128MB",
    // Shards of a stream would hide from a collector which lines Loki refused, and store twice what is sent twice.
    shard_streams: { enabled: false },
    max_query_series: 5000,
    // No limit but what is kept: a month of 31 days is longer than Loki's default of 721 h.
    max_query_length: "0s",
    // A month is asked in 30 parts instead of 720.
    split_queries_by_interval: "24h",
    split_instant_metric_queries_by_interval: "24h",
    // The stream labels are the schema's, and no other.
    discover_service_name: [],
    discover_log_levels: false,
  },
});

/** Loki as one binary on local disk: tsdb v13, retention by the compactor, compressed chunks. */
export function lokiConfig(config: Config, { lokiListen, lokiData }: Target) {
  const { auth_enabled, analytics, schema_config, ingester, compactor, limits_config } = lokiCommon(
    config,
    "filesystem",
  );
  return {
    auth_enabled,
    analytics,
    server: {
      http_listen_address: lokiListen.host,
      http_listen_port: lokiListen.port,
      grpc_listen_address: "127.0.0.1",
      grpc_listen_port: lokiListen.grpcPort,
      log_level: "warn",
    },
    common: {
      instance_addr: "127.0.0.1",
      path_prefix: lokiData,
      replication_factor: 1,
      ring: { kvstore: { store: "inmemory" } },
      storage: { filesystem: { chunks_directory: `${lokiData}/chunks`, rules_directory: `${lokiData}/rules` } },
    },
    schema_config,
    ingester,
    compactor: { working_directory: `${lokiData}/compactor`, ...compactor },
    limits_config,
  };
}

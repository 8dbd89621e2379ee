import { MAX_CHUNK_AGE } from "../../services/loki.ts";

/** What something costs, and where that was measured. */
type Cost = Readonly<{ value: number; from: string }>;
const measured = (value: number, from: string): Cost => ({ value, from });

const PIPELINE = "docs/pipeline.md";

/** Measured costs, each on two cores that all services shared: records a second, bytes a record, seconds. */
export const costs = {
  producerRate: measured(55_447, `${PIPELINE}, the producer from a local file`),
  brokerRate: measured(434_057, `${PIPELINE}, kcat into one broker`),
  forwarderRate: measured(55_605, `${PIPELINE}, the forwarder from Kafka to Loki`),
  lokiCpu: measured(8.5e-6, `${PIPELINE}, Loki's CPU a record of the forwarder`),
  line: measured(413, "the bundled sample, normalised (npm run ingest -- --dry-run)"),
  kafkaRecord: measured(484, `${PIPELINE}, Kafka's disk`),
  chunkRecord: measured(81, `${PIPELINE}, Loki's disk, chunks`),
  walRecord: measured(312, `${PIPELINE}, Loki's disk, wal`),
  failedShare: measured(1 / 72, "the bundled sample: 1 of 72 runs failed"),
  queryTime: measured(30, "docs/report.md: Loki gives a query 30 s on one machine"),
} as const;

/** How Loki closes a chunk. */
export const chunks = {
  target: measured(1_572_864, "Loki's default chunk_target_size"),
  idle: measured(1800, "Loki's default chunk_idle_period, 30 minutes"),
  age: measured(MAX_CHUNK_AGE.value, "src/services/loki.ts, max_chunk_age"),
} as const;

/** What was not measured, and is said wherever it counts. */
export const assumptions = {
  /** The busiest moment beside the mean: connectors run in batches. */
  peak: 10,
  /** How much of what was measured may be used: the rest is for what was not. */
  use: 0.5,
  /** Days that Kafka keeps: a weekend without Loki, and a day to mend it. */
  kafkaDays: 3,
} as const;

/** Copies of each message and line in a cluster. */
export const REPLICATION = 3;
/** Brokers, Loki's replicas and partitions come in this number at least. */
export const LEAST = 3;

import { bytes, count, percent, time } from "./amounts.ts";
import { assumptions, chunks, costs, REPLICATION } from "./costs.ts";
import { daysKept } from "./load.ts";
import { QUERIES_FROM } from "./queries.ts";
import type { Size } from "./size.ts";

/** A line of the answer: what, how much, and why that much. */
export type Figure = readonly [name: string, value: string, why: string];
type Group = Readonly<{ title: string; figures: readonly Figure[] }>;

const half = percent(assumptions.use);

const kafkaFigures = ({ load, kafka }: Size): readonly Figure[] => [
  [
    "partitions",
    count(kafka.partitions),
    `a forwarder at ${half} of ${count(costs.forwarderRate.value)} records/s each (${costs.forwarderRate.from})`,
  ],
  [
    "brokers",
    count(kafka.brokers),
    `${REPLICATION} copies, at ${half} of ${count(costs.brokerRate.value)} records/s (${costs.brokerRate.from})`,
  ],
  [
    "bytes a day",
    bytes(kafka.bytesPerDay),
    `${count(costs.kafkaRecord.value)} bytes a record, before copies (${costs.kafkaRecord.from})`,
  ],
  [
    "retention a partition",
    bytes(kafka.retentionBytes),
    `${assumptions.kafkaDays} days of the busiest one, at most ${load.sources < 10 * kafka.partitions ? "everything, with so few sources" : "twice the mean"} (assumed), or what src/config.ts says if that is more`,
  ],
  ["disk a broker", kafka.disk, "every partition's retention and the segment being written, and a quarter more"],
];

const lokiFigures = ({ loki }: Size): readonly Figure[] => [
  ["streams", count(loki.streams), "two states a source, and the rejects"],
  [
    "bytes a day",
    bytes(loki.bytesPerDay),
    `${count(costs.chunkRecord.value)} bytes a record in chunks (${costs.chunkRecord.from})`,
  ],
  [
    "chunks a day",
    count(Math.ceil(loki.chunksPerDay)),
    `of ${bytes(chunks.target.value)} at most, closed after ${time(chunks.idle.value)} without a record (${chunks.target.from}, ${chunks.idle.from})`,
  ],
  [
    "replicas",
    count(loki.replicas),
    `${count(costs.lokiCpu.value * 1e6)} µs a record and copy (${costs.lokiCpu.from}); two cores each, ${half} for writing`,
  ],
  [
    "memory for lines",
    bytes(loki.memory),
    "a replica; what is not written yet: a full chunk a stream, or what two days bring",
  ],
  ["disk a replica", bytes(loki.wal), `the write-ahead log of the same (${costs.walRecord.from})`],
];

const bucketFigures = ({ load, loki }: Size): readonly Figure[] => [
  [
    "stored",
    `${bytes(loki.stored)} to ${bytes(loki.stored * REPLICATION)}`,
    `after ${count(daysKept(load))} days; each replica writes its own chunks, as one where they are equal`,
  ],
  ["PUT a month", `${count(Math.ceil(loki.putsPerMonth))} at most`, "the chunks of all replicas; the index aside"],
  [
    "GET a view",
    count(Math.ceil(loki.chunksPerDay)),
    "at most, for a panel over 24 h: every chunk of the day that is no longer in memory",
  ],
];

/** Above this share a producer has no time left to catch up in. */
const ENOUGH = 0.7;
function busy(producer: number, peak: number): string {
  const others = Math.ceil(producer / ENOUGH);
  if (producer > ENOUGH)
    return `; one is too few: ${count(others)} producers, each with its --share of ${count(others)}`;
  return peak > costs.producerRate.value ? "; the busiest moment waits in S3" : "";
}

const serviceFigures = ({ kafka, producer, peak }: Size): readonly Figure[] => [
  [
    "producer busy",
    percent(producer),
    `${count(costs.producerRate.value)} records/s (${costs.producerRate.from})${busy(producer, peak)}`,
  ],
  ["forwarders", count(kafka.forwarders), "at the busiest moment; two at least, one a partition at most"],
];

/** The answer in groups. */
export const figuresOf = (size: Size): readonly Group[] => [
  { title: "Services", figures: serviceFigures(size) },
  { title: "Kafka", figures: kafkaFigures(size) },
  { title: "Loki", figures: lokiFigures(size) },
  { title: "S3", figures: bucketFigures(size) },
  {
    title: "Queries",
    figures: [
      ["slowest", `${time(size.slowest.seconds)}`, `${size.slowest.name}, on two cores (${QUERIES_FROM})`],
      [
        "panels too slow",
        count(size.tooSlow.length),
        `more than ${time(costs.queryTime.value)} (${costs.queryTime.from})${size.tooSlow.length > 0 ? "; their recording rules stand in docs/scale.md" : ""}`,
      ],
    ],
  },
];

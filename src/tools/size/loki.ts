import { DAY_S } from "../../core/spans.ts";
import { assumptions, chunks, costs, LEAST, REPLICATION } from "./costs.ts";
import { daysKept, type Load, peakRate } from "./load.ts";

/** Two states a source, and the rejects. */
const streamsOf = ({ sources }: Load) => 2 * sources + 1;

/** Chunks that a stream closes in a day of evenly spaced records: one a record when they come rarer than Loki waits. */
function chunksOf(recordsPerDay: number): number {
  if (recordsPerDay === 0) return 0;
  if (DAY_S / recordsPerDay > chunks.idle.value) return recordsPerDay;
  const bytes = recordsPerDay * costs.chunkRecord.value;
  return Math.max(DAY_S / chunks.age.value, bytes / chunks.target.value);
}

/** What Loki holds in memory before it writes: at most what two days bring, and at most a full chunk a stream. */
const unwritten = (load: Load) =>
  Math.min(
    (load.recordsPerDay * costs.chunkRecord.value * chunks.age.value) / DAY_S,
    streamsOf(load) * chunks.target.value,
  );

/** How much of Loki a load needs, and what drives the cost of its bucket. */
export function lokiOf(load: Load) {
  const { recordsPerDay, sources } = load;
  const failed = recordsPerDay * costs.failedShare.value;
  const chunksPerDay = sources * (chunksOf((recordsPerDay - failed) / sources) + chunksOf(failed / sources));
  const bytesPerDay = recordsPerDay * costs.chunkRecord.value;
  const cores = peakRate(load) * costs.lokiCpu.value * REPLICATION;
  // Two cores each, of which writing may use half; the rest is for queries.
  const replicas = Math.max(LEAST, Math.ceil(cores / (2 * assumptions.use)));
  const share = REPLICATION / replicas;
  const memory = unwritten(load) * share;
  return {
    streams: streamsOf(load),
    chunksPerDay,
    bytesPerDay,
    replicas,
    memory,
    wal: (memory * costs.walRecord.value) / costs.chunkRecord.value,
    /** Each replica writes its own chunks: three copies at most, one where Loki sees that they are equal. */
    stored: bytesPerDay * daysKept(load),
    putsPerMonth: chunksPerDay * REPLICATION * 30,
  };
}

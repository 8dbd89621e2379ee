import { brokerDisk } from "../../core/kafka/disk.ts";
import { assumptions, costs, LEAST, REPLICATION } from "./costs.ts";
import { type Load, peakRate } from "./load.ts";

const upTo = (step: number, value: number) => Math.ceil(value / step) * step;
const least = (value: number) => Math.max(LEAST, Math.ceil(value));

/** The most that one partition may get: messages go by their source, and a few sources may all meet in one. */
const busiestShare = ({ sources }: Load, partitions: number) =>
  sources < 10 * partitions ? 1 : Math.min(1, 2 / partitions);

/** How much of Kafka a load needs: brokers, partitions, what each partition keeps, and each broker's disk. */
export function kafkaOf(load: Load, configured: Readonly<{ retentionBytes: number }>) {
  const forwarders = Math.max(2, Math.ceil(peakRate(load) / (costs.forwarderRate.value * assumptions.use)));
  // As many on each broker.
  const partitions = upTo(LEAST, least(forwarders));
  const brokers = least((peakRate(load) * REPLICATION) / (costs.brokerRate.value * assumptions.use));
  const bytesPerDay = load.recordsPerDay * costs.kafkaRecord.value;
  const needed = Math.ceil(assumptions.kafkaDays * bytesPerDay * busiestShare(load, partitions));
  const retentionBytes = Math.max(configured.retentionBytes, needed);
  const disk = brokerDisk({ partitions, retentionBytes });
  return { forwarders, partitions, brokers, bytesPerDay, retentionBytes, disk };
}

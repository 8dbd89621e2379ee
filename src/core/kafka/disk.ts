import type { Config } from "../config/schema.ts";
import { topicConfigs } from "../topics.ts";

const GIBIBYTE = 2 ** 30;
/** The segment that is being written counts beyond the retention: Kafka removes whole segments only. */
const SEGMENT = GIBIBYTE;
/** A disk that is full stops its broker. */
const ROOM = 1.25;

/** What a broker needs on disk to hold every partition of every topic until retention removes it, such as `14Gi`. */
export function brokerDisk(kafka: Config["kafka"]): string {
  const partitions = topicConfigs(kafka).reduce((sum, { numPartitions = 1 }) => sum + numPartitions, 0);
  return `${Math.ceil((partitions * (kafka.retentionBytes + SEGMENT) * ROOM) / GIBIBYTE)}Gi`;
}

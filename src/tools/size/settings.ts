import type { Config } from "../../core/config/schema.ts";
import { lokiCommon } from "../../services/loki.ts";
import { costs } from "./costs.ts";
import type { Size } from "./size.ts";

/** A setting that is too small for a load. */
type Setting = Readonly<{ name: string; is: number; needed: number }>;

const MEBIBYTE = 2 ** 20;

/** What must be raised, and to what; nothing where the configuration is enough. */
export function settingsToRaise({ load, kafka, loki, peak }: Size, config: Config): readonly Setting[] {
  const { limits_config: limits } = lokiCommon(config, "s3");
  const wanted: Setting[] = [
    { name: "kafka.partitions", is: config.kafka.partitions, needed: kafka.partitions },
    { name: "kafka.retentionBytes", is: config.kafka.retentionBytes, needed: kafka.retentionBytes },
    { name: "producer.maxSources", is: config.producer.maxSources, needed: load.sources },
    { name: "producer.maxLabelSets", is: config.producer.maxLabelSets, needed: load.sources },
    { name: "producer.maxStreams", is: config.producer.maxStreams, needed: loki.streams - 1 },
    {
      name: "ingestion_rate_mb of src/services/loki.ts",
      is: limits.ingestion_rate_mb,
      needed: Math.ceil((peak * costs.line.value) / MEBIBYTE),
    },
  ];
  return wanted.filter(({ is, needed }) => is < needed);
}

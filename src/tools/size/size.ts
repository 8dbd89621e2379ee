import type { Config } from "../../core/config/schema.ts";
import { rulesTooSlow } from "./alerts.ts";
import { costs } from "./costs.ts";
import { kafkaOf } from "./kafka.ts";
import { type Load, meanRate, peakRate } from "./load.ts";
import { lokiOf } from "./loki.ts";
import { panelsOf, unmeasured } from "./panels.ts";
import { fits, secondsOf, slowest } from "./queries.ts";

/** What a load needs, as numbers. */
export function sizeOf(load: Load, config: Config) {
  const query = slowest(load.recordsPerDay);
  return {
    load,
    mean: meanRate(load),
    peak: peakRate(load),
    /** The share of its time that the one producer works. */
    producer: meanRate(load) / costs.producerRate.value,
    kafka: kafkaOf(load, config.kafka),
    loki: lokiOf(load),
    slowest: { name: query.name, seconds: secondsOf(query, load.recordsPerDay) },
    tooSlow: panelsOf(config).filter(({ query }) => !fits(query, load.recordsPerDay)),
    rulesTooSlow: rulesTooSlow(load.recordsPerDay),
    unmeasured: unmeasured(config),
  };
}
export type Size = ReturnType<typeof sizeOf>;

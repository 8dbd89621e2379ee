import type { Config } from "../../core/config/schema.ts";
import type { Quantity } from "../../core/units.ts";
import { watches } from "../../queries/watches.ts";

/** What the report holds figures against: the thresholds that the alerts watch. */
export type Objectives = Readonly<Record<"failureRate" | "p95" | "cpu" | "memory", Quantity>>;
export function objectivesOf(config: Config): Objectives {
  const { failureRate, p95, cpu, memory } = watches(config);
  return { failureRate: failureRate.threshold, p95: p95.threshold, cpu: cpu.threshold, memory: memory.threshold };
}

type Counted = Readonly<{ runs: number; failures: number }>;
export const failureRate = ({ runs, failures }: Counted) => (runs > 0 ? failures / runs : undefined);
export const successRate = ({ runs, failures }: Counted) => (runs > 0 ? 1 - failures / runs : undefined);
export const above = (value: number | undefined, limit: Quantity) => value !== undefined && value > limit.value;

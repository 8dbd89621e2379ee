import { minutes } from "../../core/units.ts";
import { over } from "../../queries/logql/logs.ts";
import { duration, maxCpu, maxMemory, meanRepair, runCount } from "../../queries/metrics.ts";
import { print } from "../../queries/print.ts";

/** The window of a rule, and how often it is evaluated: each record counts in one. */
const STEP = minutes(5);
const window = over(STEP);

/** The labels by which the dashboards choose. */
export const CHOSEN = ["entreprise", "zone", "source"] as const;

/** What is recorded every five minutes, by the metrics of panels and rules. */
export const rules = {
  "ingestion:runs:count5m": runCount(window, ["etat", ...CHOSEN]),
  "ingestion:duration:p50_5m": duration(0.5)(window, [...CHOSEN]),
  "ingestion:duration:p95_5m": duration(0.95)(window, [...CHOSEN]),
  "ingestion:duration:p99_5m": duration(0.99)(window, [...CHOSEN]),
  "ingestion:memory:max5m": maxMemory(window, [...CHOSEN]),
  "ingestion:cpu:max5m": maxCpu(window, [...CHOSEN]),
  "ingestion:repair:mean5m": meanRepair(window, [...CHOSEN]),
} as const;
export type RuleName = keyof typeof rules;

/** The group as Loki's ruler reads it. */
export const ruleGroup = () => ({
  groups: [
    {
      name: "ingestion",
      interval: `${STEP.value / 60}m`,
      rules: Object.entries(rules).map(([record, metric]) => ({ record, expr: print(metric) })),
    },
  ],
});

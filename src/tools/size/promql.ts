import type { RuleName } from "./recording.ts";

/** What is asked of Prometheus, and whether it says the same. */
export type Instead = Readonly<{ rules: readonly RuleName[]; promql: string; exact: boolean }>;

/** Runs, by state and source, of each five minutes. */
export const RUNS = "ingestion:runs:count5m";
export const counted = (promql: string) => ({ rules: [RUNS], promql, exact: true }) as const;
export const sumOf = (what: string, by = "") => `sum${by}(sum_over_time(${RUNS}${what}[$__range]))`;
export const failed = '{etat="FAILED"}';
export const bySource = " by (source) ";
/** 0 where none failed, as the panel says it. */
export const rateOf = (by = "") => `(${sumOf(failed, by)} or 0 * ${sumOf("", by)}) / ${sumOf("", by)}`;
export const worst = (rule: RuleName) => `max by (source) (max_over_time(${rule}[$__range]))`;

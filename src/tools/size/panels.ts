import { fits, type QueryCost, queries, ruleQueries } from "./queries.ts";
import type { RuleName } from "./recording.ts";

/** What is asked of Prometheus, and whether it says the same. */
export type Instead = Readonly<{ rules: readonly RuleName[]; promql: string; exact: boolean }>;

/** A panel, its dearest query, and what it asks Prometheus instead when that no longer fits. */
export type Panel = Readonly<{
  dashboard: string;
  id: number;
  title: string;
  query: QueryCost;
  instead?: Instead;
}>;

const RUNS = "ingestion:runs:count5m";
const counted = (promql: string) => ({ rules: [RUNS], promql, exact: true }) as const;
const sumOf = (what: string, by = "") => `sum${by}(sum_over_time(${RUNS}${what}[$__range]))`;
const failed = '{etat="FAILED"}';
const bySource = " by (source) ";
/** 0 where none failed, as the panel says it. */
const rateOf = (by = "") => `(${sumOf(failed, by)} or 0 * ${sumOf("", by)}) / ${sumOf("", by)}`;
const worst = (rule: RuleName) => `max by (source) (max_over_time(${rule}[$__range]))`;

/** The fifteen panels, in the order of the dashboards. */
export const panels: readonly Panel[] = [
  {
    dashboard: "1-ingestion-health",
    id: 1,
    title: "Succès",
    query: queries.runs,
    instead: counted(sumOf('{etat="SUCCESS"}')),
  },
  {
    dashboard: "1-ingestion-health",
    id: 2,
    title: "Échecs",
    query: queries.failures,
    instead: counted(sumOf(failed)),
  },
  {
    dashboard: "1-ingestion-health",
    id: 3,
    title: "Taux d'échec",
    query: queries.rate,
    instead: counted(rateOf()),
  },
  {
    dashboard: "1-ingestion-health",
    id: 4,
    title: "Durée p95 par source",
    query: queries.centiles,
    instead: { rules: ["ingestion:duration:p95_5m"], promql: worst("ingestion:duration:p95_5m"), exact: false },
  },
  {
    dashboard: "1-ingestion-health",
    id: 5,
    title: "Mémoire maximale",
    query: queries.resources,
    instead: {
      rules: ["ingestion:memory:max5m"],
      promql: "max(max_over_time(ingestion:memory:max5m[$__range]))",
      exact: true,
    },
  },
  {
    dashboard: "1-ingestion-health",
    id: 6,
    title: "Chronologie SUCCESS / FAILED",
    query: queries.runs,
    instead: counted(`sum by (etat) (${RUNS})`),
  },
  {
    dashboard: "1-ingestion-health",
    id: 7,
    title: "Sources par performance",
    query: queries.rate,
    instead: {
      rules: [RUNS, "ingestion:duration:p95_5m"],
      promql: `${sumOf("", bySource)}, 1 - ${rateOf(bySource)}, ${worst("ingestion:duration:p95_5m")}`,
      exact: false,
    },
  },
  { dashboard: "1-ingestion-health", id: 8, title: "Dernières erreurs", query: queries.errors },
  {
    dashboard: "2-errors-slas",
    id: 1,
    title: "Taux d'échec",
    query: queries.rate,
    instead: counted(`${rateOf()}, ${rateOf(bySource)}`),
  },
  {
    dashboard: "2-errors-slas",
    id: 2,
    title: "MTTR",
    query: queries.repair,
    instead: {
      rules: ["ingestion:repair:mean5m"],
      promql: "avg by (source) (avg_over_time(ingestion:repair:mean5m[$__range]))",
      exact: false,
    },
  },
  {
    dashboard: "2-errors-slas",
    id: 3,
    title: "Fraîcheur par source",
    query: queries.freshness,
    instead: {
      rules: [RUNS],
      promql: `time() - max by (source) (max_over_time(timestamp(${RUNS} > 0)[24h:5m]))`,
      exact: false,
    },
  },
  {
    dashboard: "3-performance-resource",
    id: 1,
    title: "Durée p50 / p95 / p99",
    query: queries.centiles,
    instead: {
      rules: ["ingestion:duration:p50_5m", "ingestion:duration:p95_5m", "ingestion:duration:p99_5m"],
      promql: "ingestion:duration:p50_5m, ingestion:duration:p95_5m, ingestion:duration:p99_5m",
      exact: false,
    },
  },
  {
    dashboard: "3-performance-resource",
    id: 2,
    title: "Débit par source",
    query: queries.runs,
    instead: counted(`sum by (source) (${RUNS})`),
  },
  {
    dashboard: "3-performance-resource",
    id: 3,
    title: "CPU et mémoire par source",
    query: queries.resources,
    instead: {
      rules: ["ingestion:cpu:max5m", "ingestion:memory:max5m"],
      promql: "ingestion:cpu:max5m, ingestion:memory:max5m",
      exact: true,
    },
  },
  { dashboard: "4-logs-debugging", id: 1, title: "Enregistrements", query: queries.table },
];

/** What a rule asks Prometheus instead; the threshold stays its own. */
export const rulesInstead = {
  "1-echec-detecte": counted(`sum by (source) (${RUNS}${failed})`),
  "2-taux-echec-eleve": counted(
    `sum by (source) (sum_over_time(${RUNS}${failed}[15m])) / sum by (source) (sum_over_time(${RUNS}[15m]))`,
  ),
  // Without the sources that are expected and never came.
  "3-source-muette": {
    ...counted(`sum by (source) (sum_over_time(${RUNS}[24h])) unless sum by (source) (sum_over_time(${RUNS}[75m]))`),
    exact: false,
  },
  "4-latence-degradee": {
    rules: ["ingestion:duration:p95_5m"],
    promql: "max by (source) (max_over_time(ingestion:duration:p95_5m[15m]))",
    exact: false,
  },
  "5-surconsommation-ressources": {
    rules: ["ingestion:memory:max5m", "ingestion:cpu:max5m"],
    promql: "max_over_time(ingestion:memory:max5m[15m]), max_over_time(ingestion:cpu:max5m[15m])",
    exact: true,
  },
} as const satisfies Record<keyof typeof ruleQueries, Instead>;

/** The alert rules that Loki no longer answers in its time. */
export const rulesTooSlow = (recordsPerDay: number): readonly string[] =>
  Object.entries(ruleQueries).flatMap(([name, query]) => (fits(query, recordsPerDay) ? [] : [name]));

/** The panels that Loki no longer answers in its time. */
export const tooSlow = (recordsPerDay: number): readonly Panel[] =>
  panels.filter(({ query }) => !fits(query, recordsPerDay));

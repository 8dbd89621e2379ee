import { bySource, chosen, counted, FAILED, type Instead, largest, RUNS, rateIn, runsIn, SUCCESS } from "./promql.ts";
import { fits, type QueryCost, queries } from "./queries.ts";

const RANGE = "$__range";
/** The window of the rules, which the panels that they watch draw. */
const WINDOW = "15m";

/** A panel, its dearest query, and what it asks Prometheus instead when that no longer fits. */
export type Panel = Readonly<{
  dashboard: string;
  id: number;
  title: string;
  query: QueryCost;
  instead?: Instead;
}>;

const CENTILES = ["ingestion:duration:p50_5m", "ingestion:duration:p95_5m", "ingestion:duration:p99_5m"] as const;

/** The fifteen panels, by dashboard and id. */
export const panels: readonly Panel[] = [
  {
    dashboard: "1-ingestion-health",
    id: 1,
    title: "Succès",
    query: queries.runs,
    instead: counted(runsIn(RANGE, "", SUCCESS)),
  },
  {
    dashboard: "1-ingestion-health",
    id: 2,
    title: "Échecs",
    query: queries.failures,
    instead: counted(`${runsIn(RANGE, "", FAILED)}, ${runsIn(RANGE, bySource, FAILED)}`),
  },
  {
    dashboard: "1-ingestion-health",
    id: 3,
    title: "Taux d'échec",
    query: queries.rate,
    instead: counted(rateIn(RANGE)),
  },
  {
    dashboard: "1-ingestion-health",
    id: 4,
    title: "Durée p95 par source",
    query: queries.centiles,
    instead: {
      rules: ["ingestion:duration:p95_5m"],
      promql: largest("ingestion:duration:p95_5m", WINDOW),
      exact: false,
    },
  },
  {
    dashboard: "1-ingestion-health",
    id: 5,
    title: "Mémoire maximale",
    query: queries.resources,
    instead: {
      rules: ["ingestion:memory:max5m"],
      promql: largest("ingestion:memory:max5m", RANGE, ""),
      exact: true,
    },
  },
  {
    dashboard: "1-ingestion-health",
    id: 6,
    title: "Chronologie SUCCESS / FAILED",
    query: queries.runs,
    instead: counted(runsIn("$__interval", " by (etat) "), { exact: false }),
  },
  {
    dashboard: "1-ingestion-health",
    id: 7,
    title: "Sources par performance",
    query: queries.rate,
    instead: {
      rules: [RUNS, "ingestion:duration:p95_5m"],
      promql: `${runsIn(RANGE, bySource)}, 1 - ${rateIn(RANGE, bySource)}, ${largest("ingestion:duration:p95_5m", RANGE)}`,
      exact: false,
    },
  },
  { dashboard: "1-ingestion-health", id: 8, title: "Dernières erreurs", query: queries.errors },
  {
    dashboard: "2-errors-slas",
    id: 1,
    title: "Taux d'échec",
    query: queries.rate,
    instead: counted(`${rateIn(WINDOW)}, ${rateIn(WINDOW, bySource)}`),
  },
  {
    dashboard: "2-errors-slas",
    id: 2,
    title: "MTTR",
    query: queries.repair,
    instead: {
      rules: ["ingestion:repair:mean5m"],
      promql: `avg by (source) (avg_over_time(${chosen("ingestion:repair:mean5m")}[$__range]))`,
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
      promql: `time() - max by (source) (max_over_time(timestamp(${chosen(RUNS)} > 0)[24h:5m]))`,
      exact: false,
    },
  },
  {
    dashboard: "3-performance-resource",
    id: 1,
    title: "Durée p50 / p95 / p99",
    query: queries.centiles,
    instead: {
      rules: CENTILES,
      promql: CENTILES.map((rule) => largest(rule, WINDOW, "")).join(", "),
      exact: false,
    },
  },
  {
    dashboard: "3-performance-resource",
    id: 2,
    title: "Débit par source",
    query: queries.runs,
    instead: counted(`sum by (source) (avg_over_time(${chosen(RUNS)}[$__interval]))`, { exact: false }),
  },
  {
    dashboard: "3-performance-resource",
    id: 3,
    title: "CPU et mémoire par source",
    query: queries.resources,
    instead: {
      rules: ["ingestion:cpu:max5m", "ingestion:memory:max5m"],
      promql: `${largest("ingestion:cpu:max5m", WINDOW)}, ${largest("ingestion:memory:max5m", WINDOW)}`,
      exact: true,
    },
  },
  { dashboard: "4-logs-debugging", id: 1, title: "Enregistrements", query: queries.table },
];

/** The panels that Loki no longer answers in its time. */
export const tooSlow = (recordsPerDay: number): readonly Panel[] =>
  panels.filter(({ query }) => !fits(query, recordsPerDay));

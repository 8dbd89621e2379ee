import type { Config } from "../../core/config/schema.ts";
import { byText } from "../../core/order.ts";
import { buildDashboards } from "../../dashboards/index.ts";
import {
  bySource,
  chosen,
  counted,
  FAILED,
  type Instead,
  largest,
  MEMORY,
  ofLargest,
  RUNS,
  rateIn,
  runsIn,
  SUCCESS,
  windowOf,
} from "./promql.ts";
import { type QueryCost, queries, ruleQueries } from "./queries.ts";

type Titled = Readonly<{ id?: number; title?: string }>;

const RANGE = { window: "$__range" };
const BY_SOURCE = { ...RANGE, by: bySource };
const OF_RATE = windowOf("2-taux-echec-eleve");
const OF_LATENCY = windowOf("4-latence-degradee");
const OF_RESOURCES = windowOf("5-surconsommation-ressources");

/** The dearest query of a panel, and what it asks Prometheus instead when that no longer fits. */
type PanelCost = Readonly<{ query: QueryCost; instead?: Instead }>;
type Panel = PanelCost & Readonly<{ name: string }>;

const P95 = "ingestion:duration:p95_5m";
const LARGEST_MEMORY = "ingestion:memory:max5m";
const CENTILES = ["ingestion:duration:p50_5m", P95, "ingestion:duration:p99_5m"] as const;

/** What was measured, by dashboard and id. */
export const panelCosts: Readonly<Record<string, PanelCost>> = {
  "1-ingestion-health/1": { query: queries.runs, instead: counted(runsIn(RANGE, SUCCESS)) },
  "1-ingestion-health/2": {
    query: queries.failures,
    instead: counted(`${runsIn(RANGE, FAILED)}, ${runsIn(BY_SOURCE, FAILED)}`),
  },
  "1-ingestion-health/3": { query: queries.rate, instead: counted(rateIn(RANGE)) },
  "1-ingestion-health/4": { query: queries.centiles, instead: ofLargest([P95], OF_LATENCY) },
  "1-ingestion-health/5": { query: queries.resources, instead: ofLargest([LARGEST_MEMORY], { ...RANGE, by: "" }) },
  "1-ingestion-health/6": {
    query: queries.runs,
    instead: counted(runsIn({ window: "$__interval", by: " by (etat) " }), { exact: false }),
  },
  "1-ingestion-health/7": {
    query: queries.rate,
    instead: {
      rules: [RUNS, P95],
      promql: `${runsIn(BY_SOURCE)}, 1 - ${rateIn(BY_SOURCE)}, ${largest(P95, RANGE)}`,
      exact: false,
    },
  },
  "1-ingestion-health/8": { query: queries.errors },
  "2-errors-slas/1": {
    query: queries.rate,
    instead: counted(`${rateIn(OF_RATE)}, ${rateIn({ ...OF_RATE, by: bySource })}`),
  },
  "2-errors-slas/2": {
    query: queries.repair,
    instead: {
      rules: ["ingestion:repair:mean5m"],
      promql: `avg by (source) (avg_over_time(${chosen("ingestion:repair:mean5m")}[$__range]))`,
      exact: false,
    },
  },
  "2-errors-slas/3": {
    query: queries.freshness,
    instead: counted(`time() - max by (source) (max_over_time(timestamp(${chosen(RUNS)} > 0)[${MEMORY}:5m]))`, {
      exact: false,
    }),
  },
  "3-performance-resource/1": { query: queries.centiles, instead: ofLargest(CENTILES, { ...OF_LATENCY, by: "" }) },
  "3-performance-resource/2": {
    query: queries.runs,
    instead: counted(`sum by (source) (avg_over_time(${chosen(RUNS)}[$__interval]))`, { exact: false }),
  },
  "3-performance-resource/3": {
    query: queries.resources,
    instead: ofLargest(["ingestion:cpu:max5m", LARGEST_MEMORY], OF_RESOURCES),
  },
  "4-logs-debugging/1": { query: queries.table },
};

const placesOf = (config: Config) =>
  buildDashboards(config).flatMap(({ uid, panels = [] }) =>
    (panels as readonly Titled[]).map(({ id, title }) => ({ place: `${uid}/${id}`, name: `${uid}/${id} ${title}` })),
  );

/** The generated panels that were measured, each with its title. */
export const panelsOf = (config: Config): readonly Panel[] =>
  placesOf(config)
    .flatMap(({ place, name }) => (panelCosts[place] ? [{ name, ...panelCosts[place] }] : []))
    .sort((a, b) => byText(a.name, b.name));

/** The generated panels and rules of which nobody measured what they cost. */
export const unmeasured = (config: Config): readonly string[] => [
  ...placesOf(config).flatMap(({ place, name }) => (panelCosts[place] ? [] : [name])),
  ...Object.keys(config.rules).flatMap((name) => (Object.hasOwn(ruleQueries, name) ? [] : [`rule ${name}`])),
];

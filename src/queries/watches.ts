import type { Config } from "../core/config/schema.ts";
import type { Quantity, Unit } from "../core/units.ts";
import * as metrics from "./metrics.ts";

/** A panel of a dashboard, by their fixed uid and id. */
export type PanelRef = Readonly<{ dashboard: string; panel: number }>;

/** A metric that a rule watches and a panel plots, with the one threshold of both. */
export type Watch<U extends Unit = Unit> = Readonly<{ measured: metrics.Measured<U>; threshold: Quantity<U>; plottedBy: PanelRef }>;
const watch = <U extends Unit>(measured: metrics.Measured<U>, threshold: Quantity<U>, dashboard: string, panel: number): Watch<U> => ({
  measured,
  threshold,
  plottedBy: { dashboard, panel },
});

/** Uids of the four dashboards; also their file names. */
export const dashboards = {
  health: "1-ingestion-health",
  errors: "2-errors-slas",
  performance: "3-performance-resource",
  logs: "4-logs-debugging",
} as const;

/** The freshness panel, where rule 3 is read: its thresholds are the sources' maximum silences. */
export const freshnessPanel: PanelRef = { dashboard: dashboards.errors, panel: 3 };

/** What the rules watch: the panel and the rule take metric and threshold from here. */
export const watches = ({ rules }: Config) => ({
  failures: watch(metrics.failures, rules["1-echec-detecte"].failures, dashboards.health, 2),
  failureRate: watch(metrics.failureRate, rules["2-taux-echec-eleve"].rate, dashboards.errors, 1),
  p95: watch(metrics.duration(0.95), rules["4-latence-degradee"].p95, dashboards.health, 4),
  memory: watch(metrics.maxMemory, rules["5-surconsommation-ressources"].memory, dashboards.performance, 3),
  cpu: watch(metrics.maxCpu, rules["5-surconsommation-ressources"].cpu, dashboards.performance, 3),
});
export type Watches = ReturnType<typeof watches>;

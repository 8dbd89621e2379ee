/** Uids of the four dashboards; also their file names. */
export const dashboards = {
  health: "1-ingestion-health",
  errors: "2-errors-slas",
  performance: "3-performance-resource",
  logs: "4-logs-debugging",
} as const;

/** A panel of a dashboard, by their fixed uid and id. */
export type PanelRef = Readonly<{ dashboard: string; panel: number }>;

/** The panels that rules lead to: each plots what its rule watches. */
export const panels = {
  failures: { dashboard: dashboards.health, panel: 2 },
  failureRate: { dashboard: dashboards.errors, panel: 1 },
  /** Its thresholds are the sources' maximum silences. */
  freshness: { dashboard: dashboards.errors, panel: 3 },
  p95: { dashboard: dashboards.health, panel: 4 },
  resources: { dashboard: dashboards.performance, panel: 3 },
} as const satisfies Record<string, PanelRef>;

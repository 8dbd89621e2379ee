import type { Config } from "../core/config/schema.ts";
import { watches } from "../queries/watches.ts";
import { ingestionHealth } from "./1-ingestion-health.ts";
import { errorsSlas } from "./2-errors-slas.ts";
import { performanceResource } from "./3-performance-resource.ts";
import { logsDebugging } from "./4-logs-debugging.ts";
import type { Dashboard } from "./sdk.ts";

/** The four dashboards, in the order of their names. */
export function buildDashboards(config: Config): Dashboard[] {
  const watched = watches(config);
  return [
    ingestionHealth(config, watched),
    errorsSlas(config, watched),
    performanceResource(config, watched),
    logsDebugging(config),
  ];
}

import { config as own } from "../../src/config.ts";
import type { Config } from "../../src/core/config/schema.ts";
import { days, hours, megabytes, minutes, percent, runs, seconds } from "../../src/core/units.ts";

const often = { for: minutes(5), every: minutes(1), window: minutes(15), severity: "warning" } as const;

/**
 * The thresholds, sources and times that scenarios and tests are written for. Those of `src/config.ts` are free to
 * change: what the tests prove of the code holds for them, too, and `build/` shows what they make of it.
 */
export const config: Config = {
  ...own,
  sources: {
    expected: ["zohoprojects", "zohobooks", "zohocrm", "PowerBI", "Efficy", "sharepoint_graph", "EasyProjects"].map(
      (source) => ({ source }),
    ),
    retired: [],
    maxSilence: minutes(75),
    memory: hours(24),
  },
  rules: {
    "1-echec-detecte": {
      failures: runs(1),
      window: minutes(5),
      for: seconds(0),
      every: minutes(1),
      severity: "critical",
    },
    "2-taux-echec-eleve": { ...often, rate: percent(2), for: minutes(15) },
    "3-source-muette": { for: seconds(0), every: minutes(5), severity: "critical" },
    "4-latence-degradee": { ...often, p95: seconds(10) },
    "5-surconsommation-ressources": { ...often, memory: megabytes(150), cpu: seconds(60) },
  },
  notifications: {
    critical: { wait: seconds(10), repeat: hours(1), interval: minutes(1) },
    warning: { wait: minutes(1), repeat: hours(4), interval: minutes(5) },
  },
  deliveryDelay: seconds(30),
  retention: days(92),
  dashboards: {
    range: hours(6),
    refresh: minutes(1),
    throughputStep: minutes(5),
    percentileStep: minutes(15),
    timezone: "browser",
  },
};

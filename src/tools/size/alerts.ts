import { bySource, counted, FAILED, type Instead, RUNS } from "./promql.ts";
import { fits, ruleQueries } from "./queries.ts";

const runs = (window: string, by = "", matcher = "") => `sum${by}(sum_over_time(${RUNS}${matcher}[${window}]))`;
const failed = `{${FAILED}}`;

/** What a rule asks Prometheus instead; the threshold stays its own. */
export const rulesInstead = {
  "1-echec-detecte": counted(`sum by (source) (${RUNS}${failed})`),
  "2-taux-echec-eleve": counted(`${runs("15m", "", failed)} / ${runs("15m")}`),
  // Without the sources that are expected and never came.
  "3-source-muette": counted(`${runs("24h", bySource)} unless ${runs("75m", bySource)}`, false),
  "4-latence-degradee": {
    rules: ["ingestion:duration:p95_5m"],
    promql: "max by (source) (max_over_time(ingestion:duration:p95_5m[15m]))",
    exact: false,
  },
  "5-surconsommation-ressources": {
    rules: ["ingestion:memory:max5m", "ingestion:cpu:max5m"],
    promql:
      "max by (source) (max_over_time(ingestion:memory:max5m[15m])), max by (source) (max_over_time(ingestion:cpu:max5m[15m]))",
    exact: true,
  },
} as const satisfies Record<keyof typeof ruleQueries, Instead>;

/** The alert rules that Loki no longer answers in its time. */
export const rulesTooSlow = (recordsPerDay: number): readonly string[] =>
  Object.entries(ruleQueries).flatMap(([name, query]) => (fits(query, recordsPerDay) ? [] : [name]));

import { bySource, counted, FAILED, type Instead, MEMORY, most, RUNS, SILENCE, sum, windowOf } from "./promql.ts";
import { fits, ruleQueries } from "./queries.ts";

const failed = `${RUNS}{${FAILED}}`;
const ofRate = { ...windowOf("2-taux-echec-eleve"), by: "" };
const ofResources = windowOf("5-surconsommation-ressources");

/** What a rule asks Prometheus instead; the threshold stays its own. */
export const rulesInstead = {
  "1-echec-detecte": counted(`sum by (source) (${failed})`),
  "2-taux-echec-eleve": counted(`${sum(failed, ofRate)} / ${sum(RUNS, ofRate)}`),
  // Without the sources that are expected and never came.
  "3-source-muette": counted(
    `${sum(RUNS, { by: bySource, window: MEMORY })} unless ${sum(RUNS, { by: bySource, window: SILENCE })}`,
    { exact: false },
  ),
  "4-latence-degradee": {
    rules: ["ingestion:duration:p95_5m"],
    promql: most("ingestion:duration:p95_5m", windowOf("4-latence-degradee")),
    exact: false,
  },
  "5-surconsommation-ressources": {
    rules: ["ingestion:memory:max5m", "ingestion:cpu:max5m"],
    promql: `${most("ingestion:memory:max5m", ofResources)}, ${most("ingestion:cpu:max5m", ofResources)}`,
    exact: true,
  },
} as const satisfies Record<keyof typeof ruleQueries, Instead>;

/** The alert rules that Loki no longer answers in its time. */
export const rulesTooSlow = (recordsPerDay: number): readonly string[] =>
  Object.entries(ruleQueries).flatMap(([name, query]) => (fits(query, recordsPerDay) ? [] : [name]));

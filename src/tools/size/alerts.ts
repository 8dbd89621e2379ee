import { bySource, counted, FAILED, type Instead, most, RUNS, sum } from "./promql.ts";
import { fits, ruleQueries } from "./queries.ts";

const failed = `${RUNS}{${FAILED}}`;
const WINDOW = { window: "15m" };

/** What a rule asks Prometheus instead; the threshold stays its own. */
export const rulesInstead = {
  "1-echec-detecte": counted(`sum by (source) (${failed})`),
  "2-taux-echec-eleve": counted(`${sum(failed, { ...WINDOW, by: "" })} / ${sum(RUNS, { ...WINDOW, by: "" })}`),
  // Without the sources that are expected and never came.
  "3-source-muette": counted(
    `${sum(RUNS, { by: bySource, window: "24h" })} unless ${sum(RUNS, { by: bySource, window: "75m" })}`,
    { exact: false },
  ),
  "4-latence-degradee": {
    rules: ["ingestion:duration:p95_5m"],
    promql: most("ingestion:duration:p95_5m", WINDOW),
    exact: false,
  },
  "5-surconsommation-ressources": {
    rules: ["ingestion:memory:max5m", "ingestion:cpu:max5m"],
    promql: `${most("ingestion:memory:max5m", WINDOW)}, ${most("ingestion:cpu:max5m", WINDOW)}`,
    exact: true,
  },
} as const satisfies Record<keyof typeof ruleQueries, Instead>;

/** The alert rules that Loki no longer answers in its time. */
export const rulesTooSlow = (recordsPerDay: number): readonly string[] =>
  Object.entries(ruleQueries).flatMap(([name, query]) => (fits(query, recordsPerDay) ? [] : [name]));

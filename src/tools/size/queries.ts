import { costs } from "./costs.ts";

/** What a query costs with a million records a day, and whether it grows with them. */
export type QueryCost = Readonly<{ name: string; seconds: number; grows: boolean }>;
const growing = (name: string, ms: number): QueryCost => ({ name, seconds: ms / 1000, grows: true });
const steady = (name: string, ms: number): QueryCost => ({ name, seconds: ms / 1000, grows: false });

/** Where these were measured: 1 000 000 records over 24 h, panels over 6 h, Loki on two cores; the upper end seen. */
export const QUERIES_FROM = "docs/alerts.md, Cost";
const MEASURED_RECORDS = 1e6;

export const queries = {
  failures: growing("failures", 22),
  runs: growing("runs, by state or source", 216),
  rate: growing("failure rate, quality", 460),
  centiles: growing("duration centiles", 420),
  resources: growing("largest CPU and memory", 430),
  repair: growing("time to repair", 296),
  freshness: growing("freshness, over 24 h", 2090),
  // Loki stops at 1 000 lines.
  table: steady("debugging table", 129),
  errors: steady("last errors", 52),
} as const;

/** What the alert rules ask, each over its own window. */
export const ruleQueries = {
  "1-echec-detecte": growing("failures of 5 min", 5),
  "2-taux-echec-eleve": growing("failure rate of 15 min", 37),
  "3-source-muette": growing("silence", 98),
  "4-latence-degradee": growing("p95 of 15 min", 40),
  "5-surconsommation-ressources": growing("memory and CPU of 15 min", 45),
} as const;

/** Seconds of a query on two cores; measured to grow as its lines do (3.4 to 4.8 times for four times as many). */
export const secondsOf = ({ seconds, grows }: QueryCost, recordsPerDay: number): number =>
  grows ? (seconds * recordsPerDay) / MEASURED_RECORDS : seconds;

/** Whether Loki answers it in the time that it gives a query. */
export const fits = (query: QueryCost, recordsPerDay: number): boolean =>
  secondsOf(query, recordsPerDay) <= costs.queryTime.value;

/** The query that takes longest. */
export const slowest = (recordsPerDay: number): QueryCost =>
  Object.values(queries).reduce((worst, query) =>
    secondsOf(query, recordsPerDay) > secondsOf(worst, recordsPerDay) ? query : worst,
  );

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { config } from "../../src/config.ts";
import { builtQueries } from "./built.ts";
import { windowless } from "./normalise.ts";

/** What the sample says, read straight from the raw file with none of the product's code. */
export type Raw = Record<string, unknown>;
export const SAMPLE = fileURLToPath(new URL("../../samples/logs.jsonl", import.meta.url));
export const sample: Raw[] = readFileSync(SAMPLE, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line));

const measured = (records: readonly Raw[], key: string): number[] =>
  records.flatMap((record) => {
    const value = record[key];
    if (typeof value === "number") return [value];
    return typeof value === "string" && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? [Number(value)] : [];
  });

/** What has the same key, in the order of the first of each. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const keys = items.map(keyOf);
  const groups = new Map(keys.map((key): [string, T[]] => [key, []]));
  for (const [index, item] of items.entries()) groups.get(keys[index]!)!.push(item);
  return groups;
}

/** Linear interpolation between the two nearest ranks, as Prometheus and Loki define a quantile. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = q * (sorted.length - 1);
  const low = sorted[Math.floor(rank)]!;
  return low + (sorted[Math.ceil(rank)]! - low) * (rank - Math.floor(rank));
}

const sources = [...new Set(sample.map(({ Source }) => String(Source)))].sort();
const failed = (records: readonly Raw[]) => records.filter(({ Etat }) => Etat === "FAILED").length;
const durations = (records: readonly Raw[]) => measured(records, "Duree secondes");

/** A value per source; sources without one are left out. */
const bySource = (value: (records: readonly Raw[]) => number | undefined): Record<string, number> =>
  Object.fromEntries(
    sources.flatMap((source) => {
      const found = value(sample.filter(({ Source }) => Source === source));
      return found === undefined ? [] : [[source, found]];
    }),
  );
const greatest = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) : undefined);
const total = (value: number) => ({ "": value });

const p95 = bySource((records) => (durations(records).length > 0 ? quantile(durations(records), 0.95) : undefined));
const runs = bySource((records) => records.length);
const failures = bySource((records) => failed(records) || undefined);
const cpu = bySource((records) => greatest(measured(records, "cpu_time (sec)")));
const memory = bySource((records) => greatest(measured(records, "memory_used (bytes)")));
const noneIsZero = (values: Record<string, number>) => ({ ...bySource(() => 0), ...values });
const rate = failed(sample) / sample.length;

/** Expected sources that the sample does not have are silent, each with the maximum that it exceeds. */
const { expected, maxSilence } = config.sources;
const neverSeen = Object.fromEntries(
  expected
    .filter(({ source }) => !sources.includes(source))
    .map(({ source, maxSilence: own = maxSilence }) => [source, own.value]),
);

const ownNumbers: Record<string, Record<string, number>> = {
  "1-ingestion-health/1/A": total(71),
  "1-ingestion-health/2/A": total(1),
  "1-ingestion-health/2/B": failures,
  "1-ingestion-health/3/A": total(1 / 72),
  "1-ingestion-health/4/A": p95,
  "1-ingestion-health/5/A": total(greatest(measured(sample, "memory_used (bytes)"))!),
  "1-ingestion-health/6/A": { SUCCESS: 71, FAILED: 1 },
  "1-ingestion-health/7/A": runs,
  "1-ingestion-health/7/B": bySource((records) => 1 - failed(records) / records.length),
  "1-ingestion-health/7/C": p95,
  "2-errors-slas/1/A": total(rate),
  "2-errors-slas/1/B": bySource((records) => failed(records) / records.length),
  "2-errors-slas/2/A": {},
  "2-errors-slas/2/B": {},
  "3-performance-resource/1/A": total(quantile(durations(sample), 0.5)),
  "3-performance-resource/1/B": total(quantile(durations(sample), 0.95)),
  "3-performance-resource/1/C": total(quantile(durations(sample), 0.99)),
  "3-performance-resource/2/A": runs,
  "3-performance-resource/2/B": bySource((records) => records.length / 5),
  "3-performance-resource/3/A": cpu,
  "3-performance-resource/3/B": memory,
  "3-source-muette/A": neverSeen,
  "5-surconsommation-ressources/A": noneIsZero(memory),
  "5-surconsommation-ressources/B": noneIsZero(cpu),
};

/** A rule that asks what a panel asks has its answer, whatever the windows: the sample arrived in one moment. */
function asOnPanels(): typeof ownNumbers {
  const queries = builtQueries();
  const answered = new Map(
    queries.flatMap(({ where, expr }) => (ownNumbers[where] ? [[windowless(expr), ownNumbers[where]] as const] : [])),
  );
  return Object.fromEntries(
    queries.flatMap(({ where, expr }) => {
      const answer = ownNumbers[where] ? undefined : answered.get(windowless(expr));
      return answer ? [[where, answer]] : [];
    }),
  );
}

/** The answer to every generated query that gives numbers, when just the sample arrived. */
export const sampleNumbers = { ...ownNumbers, ...asOnPanels() };

/** The answer of every variable. */
export const sampleValues: Record<string, string[]> = { entreprise: ["akonovia"], zone: ["1-Raw"], source: sources };

/** How many lines every log query finds. */
export const sampleLines: Record<string, number> = {
  "1-ingestion-health/8/A": 1,
  "4-logs-debugging/1/A": 72,
  "annotation Échecs": 1,
  "annotation Flux refusés": 0,
};

import { madeUpWeek } from "../../../src/logs/week.ts";
import { grouped, quantile, type Raw, sample } from "../../support/expected.ts";
import { NOW } from "./support.ts";

/** What every panel must show, from the raw records and with none of the code that evaluates queries. */
export type Run = Readonly<{
  time: number;
  etat: string;
  source: string;
  objet: string;
  seconds?: number;
  cpu?: number;
  memory?: number;
  repair?: number;
  description: string;
}>;

const milliseconds = (text: string) => {
  const [, day, month, year, clock] = /^(\d\d)-(\d\d)-(\d{4}) ([\d:.]+)$/.exec(text)!;
  return Math.floor(Date.parse(`${year}-${month}-${day}T${clock!.slice(0, 12)}Z`));
};
const numeric = (value: unknown) =>
  typeof value === "number" || (typeof value === "string" && value.trim() !== "") ? Number(value) : Number.NaN;

/** Runs of raw records in the order of their file; a success after failures of the same object repairs them. */
function runsOf(records: readonly Raw[]): Run[] {
  const firstFailure = new Map<string, number>();
  return records.map((record) => {
    const exact = String(record.Fin);
    const time = milliseconds(exact);
    const micros = time + Number(exact.slice(23) || 0) / 1000;
    const key = `${record.Entreprise}/${record.Source}/${record.Objet}`;
    const since = firstFailure.get(key);
    if (record.Etat === "FAILED") firstFailure.set(key, since ?? micros);
    else firstFailure.delete(key);
    const measures = {
      seconds: numeric(record["Duree secondes"]),
      cpu: numeric(record["cpu_time (sec)"]),
      memory: numeric(record["memory_used (bytes)"]),
    };
    return {
      time,
      etat: String(record.Etat),
      source: String(record.Source),
      objet: String(record.Objet),
      description: String(record.Description),
      ...Object.fromEntries(Object.entries(measures).filter(([, value]) => !Number.isNaN(value))),
      ...(record.Etat === "SUCCESS" && since !== undefined && { repair: Math.max(0, (micros - since) / 1000) }),
    };
  });
}

const own = runsOf(sample);
const shift = NOW - 1000 - Math.max(...own.map(({ time }) => time));
export const sampleRuns: readonly Run[] = own.map((run) => ({ ...run, time: run.time + shift }));
export const allRuns = (): readonly Run[] =>
  [...runsOf(madeUpWeek(NOW).map((line) => JSON.parse(line) as Raw)), ...sampleRuns].sort((a, b) => a.time - b.time);

type Of = (runs: readonly Run[], seconds: number) => number | undefined;
type Meaning = Readonly<{ by?: "source" | "etat"; of: Of }>;
const some = (runs: readonly Run[], value: number): number | undefined => (runs.length > 0 ? value : undefined);
const failed = (runs: readonly Run[]) => runs.filter(({ etat }) => etat === "FAILED");
const present = (runs: readonly Run[], key: "seconds" | "cpu" | "memory" | "repair") =>
  runs.flatMap((run) => run[key] ?? []);
const greatest = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) : undefined);
const mean = (values: readonly number[]) =>
  values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : undefined;
const percentile =
  (q: number): Of =>
  (runs) => {
    const values = present(runs, "seconds");
    return values.length > 0 ? quantile(values, q) : undefined;
  };
const rate: Of = (runs) => some(runs, failed(runs).length / runs.length);

/** The meaning of each query, by dashboard, panel and refId. */
export const meanings: Readonly<Record<string, Meaning>> = {
  "1-ingestion-health/1/A": { of: (runs) => runs.filter(({ etat }) => etat === "SUCCESS").length },
  "1-ingestion-health/2/A": { of: (runs) => failed(runs).length },
  "1-ingestion-health/2/B": { by: "source", of: (runs) => failed(runs).length || undefined },
  "1-ingestion-health/3/A": { of: rate },
  "1-ingestion-health/4/A": { by: "source", of: percentile(0.95) },
  "1-ingestion-health/5/A": { of: (runs) => greatest(present(runs, "memory")) },
  "1-ingestion-health/6/A": { by: "etat", of: (runs) => some(runs, runs.length) },
  "1-ingestion-health/7/A": { by: "source", of: (runs) => some(runs, runs.length) },
  "1-ingestion-health/7/B": { by: "source", of: (runs) => some(runs, 1 - failed(runs).length / runs.length) },
  "1-ingestion-health/7/C": { by: "source", of: percentile(0.95) },
  "2-errors-slas/1/A": { of: rate },
  "2-errors-slas/1/B": { by: "source", of: rate },
  "2-errors-slas/2/A": { of: (runs) => mean(present(runs, "repair")) },
  "2-errors-slas/2/B": { by: "source", of: (runs) => mean(present(runs, "repair")) },
  "2-errors-slas/3/A": {
    by: "source",
    of: (runs) => some(runs, (NOW - Math.max(...runs.map(({ time }) => time))) / 1000),
  },
  "3-performance-resource/1/A": { of: percentile(0.5) },
  "3-performance-resource/1/B": { of: percentile(0.95) },
  "3-performance-resource/1/C": { of: percentile(0.99) },
  "3-performance-resource/2/A": { by: "source", of: (runs, seconds) => some(runs, (runs.length / seconds) * 300) },
  "3-performance-resource/2/B": { by: "source", of: (runs, seconds) => some(runs, (runs.length / seconds) * 60) },
  "3-performance-resource/3/A": { by: "source", of: (runs) => greatest(present(runs, "cpu")) },
  "3-performance-resource/3/B": { by: "source", of: (runs) => greatest(present(runs, "memory")) },
};

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** The window of a query in milliseconds, as its text says it. */
export function windowIn(expr: string, { range, step }: Readonly<{ range: number; step: number }>): number {
  const [, text] = /\[(\$__auto|\$__range|\d+[smhd])\]/.exec(expr)!;
  if (text === "$__auto") return step;
  return text === "$__range" ? range : Number.parseInt(text!, 10) * UNITS[text!.at(-1)!]!;
}

/** The value of each group at a moment (ms) over the window before it; those without one are left out. */
export function valuesAt(
  runs: readonly Run[],
  { by, of }: Meaning,
  { at, window }: Readonly<{ at: number; window: number }>,
): ReadonlyMap<string, number> {
  const own = windowOf(runs, { at, window });
  const groups = by ? grouped(own, (run) => run[by]) : new Map([["", own]]);
  return new Map(
    [...groups].flatMap(([key, group]) => {
      const value = of(group, window / 1000);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/** The runs of a window that ends at a moment; as they are in the order of time, it is one stretch of them. */
export const windowOf = (runs: readonly Run[], { at, window }: Readonly<{ at: number; window: number }>) =>
  runs.slice(after(runs, at - window), after(runs, at));

function after(runs: readonly Run[], time: number): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle]!.time > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

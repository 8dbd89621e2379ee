import { over } from "../queries/logql.ts";
import { duration, type Measured, maxCpu, maxMemory, meanRepair, runCount, unreadable } from "../queries/metrics.ts";
import { print } from "../queries/print.ts";
import { columns, type LabelName } from "../schema.ts";
import { seconds, type Unit } from "../units.ts";
import { type Sample, samplesAt } from "./loki.ts";
import type { Window } from "./period.ts";

/** A panel's query over a window instead of the dashboard's range; one number for each value of the labels. */
const asked = (url: string, measured: Measured<Unit>, { start, end }: Window, by: readonly LabelName[]): Promise<Sample[]> =>
  samplesAt(url, print(measured(over(seconds((end - start) / 1000)), by)), end);

const bySource = (samples: readonly Sample[]) => new Map(samples.map(({ labels, value }) => [labels.source ?? "", value]));

/** A number for each source, and under `""` for all. */
export type BySource = ReadonlyMap<string, number>;
/** Figures of single runs, over the whole of what is observed. */
export type Measures = Readonly<Record<"p50" | "p95" | "p99" | "meanRepair" | "cpu" | "memory", BySource>>;

/** Runs of a window by source and state. */
export const countsOf = (url: string, window: Window) => asked(url, runCount, window, [columns.source.name, columns.etat.name]);

const both = async (url: string, measured: Measured<Unit>, window: Window): Promise<BySource> => {
  const [all, each] = await Promise.all([asked(url, measured, window, []), asked(url, measured, window, [columns.source.name])]);
  return new Map([...bySource(each), ...bySource(all)]);
};

export const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** Quantiles and means of a window that Loki answers in one query; those of its parts could not be merged. */
export async function wholeMeasures(url: string, window: Window): Promise<Omit<Measures, "cpu" | "memory">> {
  const [p50, p95, p99, repair] = await Promise.all([
    ...Object.values(QUANTILES).map((q) => both(url, duration(q), window)),
    both(url, meanRepair, window),
  ] as const);
  return { p50: p50!, p95: p95!, p99: p99!, meanRepair: repair! };
}

const largest = (answers: readonly BySource[]): BySource => {
  const found = new Map<string, number>();
  for (const [source, value] of answers.flatMap((answer) => [...answer])) found.set(source, Math.max(value, found.get(source) ?? value));
  return found;
};

/** The peaks over all parts. */
export async function peaks(url: string, windows: readonly Window[]): Promise<Pick<Measures, "cpu" | "memory">> {
  const [cpu, memory] = await Promise.all(
    [maxCpu, maxMemory].map(async (measured) => largest(await Promise.all(windows.map((part) => both(url, measured, part))))),
  );
  return { cpu: cpu!, memory: memory! };
}

/** Lines of all parts that are no valid record. */
export async function unreadableLines(url: string, windows: readonly Window[]): Promise<number> {
  const counts = await Promise.all(windows.map((part) => asked(url, unreadable, part, [])));
  return counts.flat().reduce((sum, { value }) => sum + value, 0);
}

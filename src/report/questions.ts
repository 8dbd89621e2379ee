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

/** Quantiles and means of a window that Loki answers in one query; those of its parts could not be merged. Few queries at once: Loki gives each 30 s. */
export async function wholeMeasures(url: string, window: Window): Promise<Omit<Measures, "cpu" | "memory">> {
  const p50 = await both(url, duration(QUANTILES.p50), window);
  const p95 = await both(url, duration(QUANTILES.p95), window);
  const p99 = await both(url, duration(QUANTILES.p99), window);
  return { p50, p95, p99, meanRepair: await both(url, meanRepair, window) };
}

/** The largest value over all parts. */
async function peak(url: string, measured: Measured<Unit>, windows: readonly Window[]): Promise<BySource> {
  const found = new Map<string, number>();
  for (const part of windows) for (const [source, value] of await both(url, measured, part)) found.set(source, Math.max(value, found.get(source) ?? value));
  return found;
}

export const peaks = async (url: string, windows: readonly Window[]): Promise<Pick<Measures, "cpu" | "memory">> => ({
  cpu: await peak(url, maxCpu, windows),
  memory: await peak(url, maxMemory, windows),
});

/** Lines of all parts that are no valid record. */
export async function unreadableLines(url: string, windows: readonly Window[]): Promise<number> {
  let lines = 0;
  for (const part of windows) for (const { value } of await asked(url, unreadable, part, [])) lines += value;
  return lines;
}

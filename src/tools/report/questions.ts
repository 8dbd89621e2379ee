import { seconds, type Unit } from "../../core/units.ts";
import { over } from "../../queries/logql/logs.ts";
import { duration, type Measured, maxCpu, maxMemory, meanRepair, runCount, unreadable } from "../../queries/metrics.ts";
import { print } from "../../queries/print.ts";
import { columns, type LabelName } from "../../schema.ts";
import type { Logs, Sample } from "./logs.ts";
import type { Window } from "./period.ts";

/** A panel's query over a window instead of the dashboard's range; one number for each value of the labels. */
const asked = (
  logs: Logs,
  measured: Measured<Unit>,
  { start, end, by }: Window & Readonly<{ by: readonly LabelName[] }>,
): Promise<readonly Sample[]> => logs.samplesAt(print(measured(over(seconds((end - start) / 1000)), by)), end);

const bySource = (samples: readonly Sample[]) =>
  new Map(samples.map(({ labels, value }) => [labels.source ?? "", value]));

/** A number for each source, and under `""` for all. */
export type BySource = ReadonlyMap<string, number>;
/** Figures of single runs, over the whole of what is observed. */
export type Measures = Readonly<Record<"p50" | "p95" | "p99" | "meanRepair" | "cpu" | "memory", BySource>>;

/** Runs of a window by source and state. */
export const countsOf = (logs: Logs, window: Window) =>
  asked(logs, runCount, { ...window, by: [columns.source.name, columns.etat.name] });

const both = async (logs: Logs, measured: Measured<Unit>, window: Window): Promise<BySource> => {
  const [all, each] = await Promise.all([
    asked(logs, measured, { ...window, by: [] }),
    asked(logs, measured, { ...window, by: [columns.source.name] }),
  ]);
  return new Map([...bySource(each), ...bySource(all)]);
};

export const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/**
 * Quantiles and means of a window that is answered in one query; those of its parts could not be merged.
 * Few queries at once: Loki gives each 30 s.
 */
export async function wholeMeasures(logs: Logs, window: Window): Promise<Omit<Measures, "cpu" | "memory">> {
  const p50 = await both(logs, duration(QUANTILES.p50), window);
  const p95 = await both(logs, duration(QUANTILES.p95), window);
  const p99 = await both(logs, duration(QUANTILES.p99), window);
  return { p50, p95, p99, meanRepair: await both(logs, meanRepair, window) };
}

/** The largest values over all parts. */
export async function peaks(logs: Logs, windows: readonly Window[]): Promise<Pick<Measures, "cpu" | "memory">> {
  const peak = async (measured: Measured<Unit>): Promise<BySource> => {
    const found = new Map<string, number>();
    for (const part of windows)
      for (const [source, value] of await both(logs, measured, part))
        found.set(source, Math.max(value, found.get(source) ?? value));
    return found;
  };
  return { cpu: await peak(maxCpu), memory: await peak(maxMemory) };
}

/** Lines of all parts that are no valid record. */
export async function unreadableLines(logs: Logs, windows: readonly Window[]): Promise<number> {
  let lines = 0;
  for (const part of windows)
    for (const { value } of await asked(logs, unreadable, { ...part, by: [] })) lines += value;
  return lines;
}

import { collected } from "../../core/kept.ts";
import { mean } from "../../core/numbers.ts";
import { quantile } from "../../logql/evaluate/range-functions.ts";
import { type BySource, type Measures, QUANTILES } from "./questions.ts";
import type { Run } from "./runs.ts";
import { EVERYTHING } from "./silences.ts";

/** The values of one measure, of each source and of all. */
function valuesOf(measure: "duration" | "repair") {
  const values = collected<string, number[]>();
  return {
    add(run: Run): void {
      const value = run[measure];
      if (value !== undefined) for (const name of [run.source, EVERYTHING]) values.of(name, () => []).push(value);
    },
    each: (figure: (list: readonly number[]) => number): BySource =>
      new Map([...values.all].map(([source, list]) => [source, figure(list)])),
  };
}

/** Keeps single values where a range is too long for one query, and computes what Loki would have answered. */
export function collectValues() {
  const [durations, repairs] = [valuesOf("duration"), valuesOf("repair")];
  return {
    run(run: Run): void {
      durations.add(run);
      repairs.add(run);
    },
    measures(): Omit<Measures, "cpu" | "memory"> {
      const [p50, p95, p99] = Object.values(QUANTILES).map((q) => durations.each((list) => quantile(q, list)));
      return { p50: p50!, p95: p95!, p99: p99!, meanRepair: repairs.each(mean) };
    },
  };
}

import { mean } from "../../core/numbers.ts";
import { quantile } from "../../logql/evaluate/range-functions.ts";
import { type BySource, type Measures, QUANTILES } from "./questions.ts";
import type { Run } from "./runs.ts";
import { EVERYTHING } from "./silences.ts";

type Values = Map<string, number[]>;

function add(values: Values, value: number | undefined, { source }: Run): void {
  if (value === undefined) return;
  for (const name of [source, EVERYTHING]) {
    const list = values.get(name);
    if (list) list.push(value);
    else values.set(name, [value]);
  }
}
const each = (values: Values, figure: (list: readonly number[]) => number | undefined): BySource =>
  new Map([...values].map(([source, list]) => [source, figure(list)!]));

/** Keeps single values where a range is too long for one query, and computes what Loki would have answered. */
export function collectValues() {
  const [durations, repairs]: [Values, Values] = [new Map(), new Map()];
  return {
    run(run: Run): void {
      add(durations, run.duration, run);
      add(repairs, run.repair, run);
    },
    measures(): Omit<Measures, "cpu" | "memory"> {
      const [p50, p95, p99] = Object.values(QUANTILES).map((q) => each(durations, (list) => quantile(q, list)));
      return { p50: p50!, p95: p95!, p99: p99!, meanRepair: each(repairs, mean) };
    },
  };
}

import { UserError } from "../core/errors.ts";
import { largest, mean, median, smallest, sum } from "../core/numbers.ts";
import { unsupported } from "./unsupported.ts";
import { type Maybe, number, type Value } from "./values.ts";

type Reducer = (values: readonly Maybe[]) => Maybe;

/** A reducer that any missing value or NaN turns into NaN. */
const strict =
  (reduce: (values: readonly number[]) => number): Reducer =>
  (values) =>
    values.some((value) => value === null || Number.isNaN(value)) ? Number.NaN : reduce(values as number[]);

/** That of no values is NaN, as Grafana has it. */
const extreme = (of: typeof sum) => (values: readonly number[]) => (values.length === 0 ? Number.NaN : of(values));
/** What the reducers make of plain numbers. */
export const ofNumbers = {
  sum,
  mean,
  median,
  min: extreme(smallest),
  max: extreme(largest),
} as const;

/** What a `reduce` may ask for; `median` came after 9.4. */
export const reducers: Readonly<Record<string, Reducer>> = {
  sum: strict(ofNumbers.sum),
  mean: strict(ofNumbers.mean),
  min: strict(ofNumbers.min),
  max: strict(ofNumbers.max),
  count: (values) => values.length,
  last: (values) => (values.length === 0 ? Number.NaN : values.at(-1)!),
  median: strict(ofNumbers.median),
};

/** How a `reduce` treats missing values, NaN and infinities: as they are, dropped, or replaced by a number. */
export type ReduceMode = Readonly<{ kind: "strict" | "drop" }> | Readonly<{ kind: "replace"; value: number }>;

const isNumber = (value: Maybe): boolean => value !== null && Number.isFinite(value);

function mapped(values: readonly Maybe[], mode: ReduceMode): readonly Maybe[] {
  if (mode.kind === "strict") return values;
  if (mode.kind !== "replace") return values.filter(isNumber);
  return values.map((value) => (isNumber(value) ? value : mode.value));
}

function mappedResult(value: Maybe, mode: ReduceMode): Maybe {
  if (mode.kind === "strict" || !Number.isNaN(value)) return value;
  return mode.kind === "replace" ? mode.value : null;
}

/** One number for each series; a number stays as it is, after the mode. */
export function reduceValues(values: readonly Value[], name: string, mode: ReduceMode): readonly Value[] {
  const reducer = reducers[name.toLowerCase()];
  if (!reducer) throw unsupported(`the reducer "${name}"`, Object.keys(reducers));
  return values.flatMap((value): readonly Value[] => {
    if (value.kind === "noData") return [value];
    if (value.kind === "scalar") throw new UserError("a reduce takes series, not a scalar; let it read a query");
    if (value.kind === "number") return mapped([value.value], mode).map((kept) => number(value.labels, kept));
    const points = value.points.map(([, point]) => point);
    return [number(value.labels, mappedResult(reducer(mapped(points, mode)), mode))];
  });
}

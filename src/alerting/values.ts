import { type Labels, sortedLabels } from "../logql/evaluate/labels.ts";

export type { Labels };
/** `null` is a point without a value, which is not NaN. */
export type Maybe = number | null;
/** A time in milliseconds and its value. */
export type Point = readonly [time: number, value: Maybe];
export type Series = Readonly<{ kind: "series"; labels: Labels; points: readonly Point[] }>;
type NumberValue = Readonly<{ kind: "number"; labels: Labels; value: Maybe }>;
type Scalar = Readonly<{ kind: "scalar"; value: Maybe }>;
type NoData = Readonly<{ kind: "noData" }>;

/** What a query or an expression gives. */
export type Value = Series | NumberValue | Scalar | NoData;

export const noData: NoData = { kind: "noData" };
export const series = (labels: Labels, points: readonly Point[]): Series => ({ kind: "series", labels, points });
export const number = (labels: Labels, value: Maybe): NumberValue => ({ kind: "number", labels, value });
export const scalar = (value: Maybe): Scalar => ({ kind: "scalar", value });

const NONE: Labels = {};
export const labelsOf = (value: Value): Labels => ("labels" in value ? value.labels : NONE);

const keys = new WeakMap<Labels, string>();
/** One text for a set of labels, whatever their order; made once, since every evaluation asks for the same set. */
export function labelKey(labels: Labels): string {
  const cached = keys.get(labels);
  if (cached !== undefined) return cached;
  const key = JSON.stringify(sortedLabels(labels));
  keys.set(labels, key);
  return key;
}

/** The value with every number replaced, missing ones too. */
export function mapValue(value: Value, each: (value: Maybe) => Maybe): Value {
  switch (value.kind) {
    case "series":
      return { ...value, points: value.points.map(([time, of]) => [time, each(of)]) };
    case "number":
    case "scalar":
      return { ...value, value: each(value.value) };
    case "noData":
      return value;
    default:
      return value satisfies never;
  }
}

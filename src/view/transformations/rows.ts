import { collected } from "../../core/kept.ts";
import { type Field, type Frame, isCalled, lengthOf, type Value } from "../frames.ts";
import { eachFrame, type Step } from "./step.ts";

/** The order of two values in a column: numbers by size, texts by the alphabet, none first. */
export function compare(a: Value, b: Value): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "fr");
}

const rowsAt = (frame: Frame, places: readonly number[]): Frame => ({
  ...frame,
  fields: frame.fields.map((field) => ({ ...field, values: places.map((place) => field.values[place]!) })),
});

/** Rows that agree in every column that all tables share become one. */
export const merge: Step = (frames) => {
  const filled = frames.filter(({ fields }) => fields.length > 0);
  if (filled.length < 2) return filled;
  const isShared = ({ name }: Field) => filled.every(({ fields }) => fields.some((field) => field.name === name));
  const shared = filled[0]!.fields.filter(isShared).map(({ name }) => name);
  const columns = new Map<string, Field>(
    filled.flatMap(({ fields }) => fields.map((field) => [field.name, field] as const)),
  );
  const rows = collected<string, Map<string, Value>>();
  for (const frame of filled)
    for (let index = 0; index < lengthOf(frame); index++) {
      const values = frame.fields.map(({ name, values }) => [name, values[index]!] as const);
      const key = JSON.stringify(values.filter(([name]) => shared.includes(name)));
      const row = rows.of(key, () => new Map());
      for (const [name, value] of values) row.set(name, value);
    }
  const fields = [...columns.values()].map((field) => ({
    ...field,
    values: [...rows.all.values()].map((row) => row.get(field.name) ?? null),
  }));
  return [{ refId: "merge", fields }];
};

/** Tables side by side: a row for each value of the field by which they are joined, the first time without one. */
export const joinByField: Step = (frames, { byField, mode = "outer" }) => {
  const isKey = (field: Field) => (byField ? isCalled(field, String(byField)) : field.type === "time");
  const parts = frames.flatMap((frame) => {
    const key = frame.fields.find(isKey);
    if (!key) return [];
    const places = new Map(key.values.map((value, place) => [value, place] as const));
    return [{ key, places, others: frame.fields.filter((field) => field !== key) }];
  });
  const [first] = parts;
  if (!first || parts.length < 2) return frames;
  const everywhere = (value: Value) => parts.every(({ places }) => places.has(value));
  const all = [...new Set(parts.flatMap(({ key }) => key.values))];
  const values = mode === "inner" ? all.filter(everywhere) : all;
  if (first.key.type === "time") values.sort(compare);
  const columns = parts.flatMap(({ places, others }) =>
    others.map((field) => ({ ...field, values: values.map((value) => field.values[places.get(value) ?? -1] ?? null) })),
  );
  return [{ refId: "joinByField", fields: [{ ...first.key, values }, ...columns] }];
};

export const sortBy = eachFrame((frame, options) => {
  const [first] = (options.sort ?? []) as readonly Readonly<{ field: string; desc?: boolean }>[];
  const field = first && frame.fields.find((one) => isCalled(one, first.field));
  if (!field) return frame;
  const order = field.values.map((_, index) => index);
  order.sort((a, b) => compare(field.values[a]!, field.values[b]!));
  return rowsAt(frame, first.desc ? order.reverse() : order);
});

const FEW = 10;
export const limit = eachFrame((frame, { limitField = FEW }) => {
  const most = Math.max(0, Number(limitField));
  return rowsAt(frame, [...Array(Math.min(most, lengthOf(frame))).keys()]);
});

type Test = (value: Value, wanted: number) => boolean;
const tests: Readonly<Record<string, Test>> = {
  greater: (value, wanted) => value !== null && Number(value) > wanted,
  greaterOrEqual: (value, wanted) => value !== null && Number(value) >= wanted,
  lower: (value, wanted) => value !== null && Number(value) < wanted,
  lowerOrEqual: (value, wanted) => value !== null && Number(value) <= wanted,
  isNull: (value) => value === null,
  isNotNull: (value) => value !== null,
};
type Filter = Readonly<{
  fieldName: string;
  config: Readonly<{ id: string; options?: Readonly<{ value?: unknown }> }>;
}>;
const filtersIn = (options: Readonly<Record<string, unknown>>) => (options.filters ?? []) as readonly Filter[];

export const filterByValue = eachFrame((frame, options) => {
  const filters = filtersIn(options).flatMap(({ fieldName, config }) => {
    const field = frame.fields.find((one) => isCalled(one, fieldName));
    const test = tests[config.id];
    const wanted = Number(config.options?.value);
    return field && test ? [(row: number) => test(field.values[row]!, wanted)] : [];
  });
  if (filters.length === 0) return frame;
  const fits = (row: number) =>
    options.match === "all" ? filters.every((one) => one(row)) : filters.some((one) => one(row));
  const isIncluded = options.type !== "exclude";
  return rowsAt(
    frame,
    [...Array(lengthOf(frame)).keys()].filter((row) => fits(row) === isIncluded),
  );
});
/** The comparisons of a filter by value that are not known. */
export const unknownFilters = (options: Readonly<Record<string, unknown>>): readonly string[] =>
  filtersIn(options).flatMap(({ config: { id } }) => (Object.hasOwn(tests, id) ? [] : [id]));

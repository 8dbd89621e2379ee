import { calcs } from "./calcs.ts";
import { type Field, type FieldType, type Frame, lengthOf, nameOf, type Value } from "./frames.ts";
import type { Transformation } from "./model.ts";

type Options = Readonly<Record<string, unknown>>;
type Step = (frames: readonly Frame[], options: Options) => readonly Frame[];

const isCalled = (field: Field, name: string) => nameOf(field) === name || field.name === name;
const has = (map: unknown, field: Field): unknown => {
  const record = (map ?? {}) as Readonly<Record<string, unknown>>;
  return record[nameOf(field)] ?? record[field.name];
};
const eachFrame =
  (change: (frame: Frame, options: Options) => Frame): Step =>
  (frames, options) =>
    frames.map((frame) => change(frame, options));

const organize = eachFrame((frame, { excludeByName, includeByName, indexByName, renameByName }) => {
  const wanted = Object.keys((includeByName ?? {}) as object).length > 0;
  const kept = frame.fields.filter(
    (field) => has(excludeByName, field) !== true && (!wanted || has(includeByName, field) === true),
  );
  const place = (field: Field) => (has(indexByName, field) as number | undefined) ?? Number.MAX_SAFE_INTEGER;
  const fields = [...kept]
    .sort((a, b) => place(a) - place(b))
    .map((field) => {
      const renamed = has(renameByName, field) as string | undefined;
      return renamed ? { ...field, renamed } : field;
    });
  return { ...frame, fields };
});

/** Rows that agree in every column that all tables share become one. */
const merge: Step = (frames) => {
  const filled = frames.filter(({ fields }) => fields.length > 0);
  if (filled.length < 2) return filled;
  const shared = filled[0]!.fields
    .filter(({ name }) => filled.every(({ fields }) => fields.some((field) => field.name === name)))
    .map(({ name }) => name);
  const columns = new Map<string, Field>(
    filled.flatMap(({ fields }) => fields.map((field) => [field.name, field] as const)),
  );
  const rows = new Map<string, Map<string, Value>>();
  for (const frame of filled)
    for (let index = 0; index < lengthOf(frame); index++) {
      const values = frame.fields.map(({ name, values }) => [name, values[index]!] as const);
      const key = JSON.stringify(values.filter(([name]) => shared.includes(name)));
      const row = rows.get(key) ?? new Map<string, Value>();
      rows.set(key, row);
      for (const [name, value] of values) row.set(name, value);
    }
  const fields = [...columns.values()].map((field) => ({
    ...field,
    values: [...rows.values()].map((row) => row.get(field.name) ?? null),
  }));
  return [{ refId: "merge", fields }];
};

const parsed = (value: Value): Readonly<Record<string, unknown>> => {
  if (typeof value === "object" && value !== null) return value;
  try {
    const read: unknown = JSON.parse(String(value));
    return typeof read === "object" && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};
const typeOf = (values: readonly Value[]): FieldType => {
  const first = values.find((value) => value !== null);
  if (typeof first === "number") return "number";
  if (typeof first === "boolean") return "boolean";
  return typeof first === "object" ? "other" : "string";
};

const extractFields = eachFrame((frame, { source, replace }) => {
  const from = frame.fields.find((field) => isCalled(field, String(source)));
  if (!from) return frame;
  const objects = from.values.map(parsed);
  const names = [...new Set(objects.flatMap((one) => Object.keys(one)))];
  const added = names.map((name): Field => {
    const values = objects.map((one) => (one[name] ?? null) as Value);
    return { name, type: typeOf(values), values };
  });
  return { ...frame, fields: replace ? added : [...frame.fields, ...added] };
});

const pattern = (text: string) => {
  const found = /^\/(.*)\/(\w*)$/.exec(text);
  return found ? new RegExp(found[1]!, found[2]) : new RegExp(text);
};
type Names = Readonly<{ names?: readonly string[]; pattern?: string }>;
const filterFieldsByName = eachFrame((frame, options) => {
  const among = ({ names = [], pattern: text }: Names, field: Field) =>
    names.some((name) => isCalled(field, name)) || (text ? pattern(text).test(nameOf(field)) : false);
  const [include, exclude] = [options.include as Names | undefined, options.exclude as Names | undefined];
  return {
    ...frame,
    fields: frame.fields.filter((field) => (!include || among(include, field)) && !(exclude && among(exclude, field))),
  };
});

const conversions: Readonly<Record<string, (value: Value) => Value>> = {
  time: (value) => {
    const time = typeof value === "number" ? value : Date.parse(String(value));
    return Number.isNaN(time) ? null : time;
  },
  number: (value) => (value === "" || Number.isNaN(Number(value)) ? null : Number(value)),
  string: (value) => (typeof value === "object" ? JSON.stringify(value) : String(value)),
  boolean: (value) => value === true || value === "true" || value === 1,
};
const convertFieldType = eachFrame((frame, options) => {
  const wanted = (options.conversions ?? []) as readonly Readonly<{ targetField?: string; destinationType?: string }>[];
  const fields = frame.fields.map((field) => {
    const type = wanted.find(({ targetField }) => targetField && isCalled(field, targetField))?.destinationType;
    const convert = type === undefined ? undefined : conversions[type];
    return convert
      ? {
          ...field,
          type: type as FieldType,
          values: field.values.map((value) => (value === null ? null : convert(value))),
        }
      : field;
  });
  return { ...frame, fields };
});

/** A row for each number field, with its name and what was calculated. */
const reduce: Step = (frames, options) => {
  const reducers = (options.reducers ?? []) as readonly string[];
  const numbers = frames.flatMap(({ fields }) => fields.filter(({ type }) => type === "number"));
  const of = (field: Field, id: string) => calcs[id]?.of(field.values as readonly (number | null)[]) ?? null;
  if (options.mode === "reduceFields")
    return frames.map((frame) => ({
      ...frame,
      fields: frame.fields
        .filter(({ type }) => type === "number")
        .map((field) => ({ ...field, values: [of(field, reducers[0]!)] })),
    }));
  const results = reducers.map(
    (id): Field => ({ name: calcs[id]?.title ?? id, type: "number", values: numbers.map((field) => of(field, id)) }),
  );
  return [{ refId: "reduce", fields: [{ name: "Field", type: "string", values: numbers.map(nameOf) }, ...results] }];
};

/** Each row becomes a field of its own. */
const rowsToFields = eachFrame((frame, options) => {
  const mappings = (options.mappings ?? []) as readonly Readonly<{ fieldName: string; handlerKey: string }>[];
  const of = (key: string) => {
    const name = mappings.find(({ handlerKey }) => handlerKey === key)?.fieldName;
    return frame.fields.find((field) => (name === undefined ? false : isCalled(field, name)));
  };
  const names = of("field.name") ?? frame.fields.find(({ type }) => type === "string");
  const values = of("field.value") ?? frame.fields.find(({ type }) => type === "number");
  if (!names || !values) return frame;
  return {
    ...frame,
    fields: values.values.map(
      (value, index): Field => ({ name: String(names.values[index]), type: values.type, values: [value] }),
    ),
  };
});

const sortBy = eachFrame((frame, options) => {
  const [first] = (options.sort ?? []) as readonly Readonly<{ field: string; desc?: boolean }>[];
  const field = first && frame.fields.find((one) => isCalled(one, first.field));
  if (!field) return frame;
  const order = field.values.map((_, index) => index).sort((a, b) => compare(field.values[a]!, field.values[b]!));
  if (first.desc) order.reverse();
  return {
    ...frame,
    fields: frame.fields.map((one) => ({ ...one, values: order.map((index) => one.values[index]!) })),
  };
});

/** The order of two values in a column: numbers by size, texts by the alphabet, none first. */
export function compare(a: Value, b: Value): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "fr");
}

const steps: Readonly<Record<string, Step>> = {
  organize,
  merge,
  extractFields,
  filterFieldsByName,
  convertFieldType,
  reduce,
  rowsToFields,
  sortBy,
};

export const knowsTransformation = (id: string): boolean => Object.hasOwn(steps, id);

/** Frames after the transformations of a panel, one after the other; those that are not known are left out. */
export const transformed = (frames: readonly Frame[], transformations: readonly Transformation[]): readonly Frame[] =>
  transformations.reduce(
    (before, { id, options, disabled }) => (disabled ? before : (steps[id]?.(before, options) ?? before)),
    frames,
  );

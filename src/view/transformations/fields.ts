import { type Field, type FieldType, isCalled, nameOf, type Value } from "../frames.ts";
import { pattern } from "../pattern.ts";
import { eachFrame } from "./step.ts";

const has = (map: unknown, field: Field): unknown => {
  const record = (map ?? {}) as Readonly<Record<string, unknown>>;
  return record[nameOf(field)] ?? record[field.name];
};

export const organize = eachFrame((frame, { excludeByName, includeByName, indexByName, renameByName }) => {
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

export const renameByRegex = eachFrame((frame, { regex = "", renamePattern = "" }) => ({
  ...frame,
  fields: frame.fields.map((field) => {
    const renamed = nameOf(field).replace(pattern(String(regex)), String(renamePattern));
    return renamed === nameOf(field) ? field : { ...field, renamed };
  }),
}));

type Names = Readonly<{ names?: readonly string[]; pattern?: string }>;
export const filterFieldsByName = eachFrame((frame, options) => {
  const among = ({ names = [], pattern: text }: Names, field: Field) =>
    names.some((name) => isCalled(field, name)) || (text ? pattern(text).test(nameOf(field)) : false);
  const [include, exclude] = [options.include as Names | undefined, options.exclude as Names | undefined];
  const isKept = (field: Field) => (!include || among(include, field)) && !(exclude && among(exclude, field));
  return { ...frame, fields: frame.fields.filter(isKept) };
});

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

export const extractFields = eachFrame((frame, { source, replace }) => {
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

const conversions: Readonly<Record<string, (value: Value) => Value>> = {
  time: (value) => {
    const time = typeof value === "number" ? value : Date.parse(String(value));
    return Number.isNaN(time) ? null : time;
  },
  number: (value) => (value === "" || Number.isNaN(Number(value)) ? null : Number(value)),
  string: (value) => (typeof value === "object" ? JSON.stringify(value) : String(value)),
  boolean: (value) => value === true || value === "true" || value === 1,
};
export const convertFieldType = eachFrame((frame, options) => {
  type Wanted = Readonly<{ targetField?: string; destinationType?: string }>;
  const wanted = (options.conversions ?? []) as readonly Wanted[];
  const fields = frame.fields.map((field) => {
    const type = wanted.find(({ targetField }) => targetField && isCalled(field, targetField))?.destinationType;
    const convert = type === undefined ? undefined : conversions[type];
    if (!convert) return field;
    const values = field.values.map((value) => (value === null ? null : convert(value)));
    return { ...field, type: type as FieldType, values };
  });
  return { ...frame, fields };
});

import { isList, isObject, type Json, type JsonObject } from "../../core/documents/json.ts";

export * from "../../core/documents/json.ts";

/** Whether two values are the same, in whatever order their keys stand; many times as fast as Node's own. */
export function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
  const [one, other] = [a as JsonObject, b as JsonObject];
  const keys = Object.keys(one);
  const isAsLong = keys.length === Object.keys(other).length;
  return isAsLong && keys.every((key) => Object.hasOwn(other, key) && equal(one[key], other[key]));
}

/** The scalars of a value, each with its path, as `path=value`. */
export function leaves(value: Json | undefined, path = ""): readonly string[] {
  if (value === undefined) return [];
  if (isList(value)) return value.flatMap((item) => leaves(item, `${path}[]`));
  return isObject(value)
    ? Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}.${key}`))
    : [`${path}=${value}`];
}

const MARK = "\uE000";
const MARKED = new RegExp(`"${MARK}(-?\\d+)${MARK}"`, "g");

/** A value as JSON, whole numbers with all their digits. */
export const written = (value: unknown, indent?: number): string =>
  JSON.stringify(
    value,
    (_, item: unknown) => (typeof item === "bigint" ? `${MARK}${item}${MARK}` : item),
    indent,
  ).replace(MARKED, "$1");

/** A value as JSON with its keys in order: the same text for equal values. */
export const canonical = (value: Json): string => written(ordered(value));
const ordered = (value: Json): Json => {
  if (isList(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, ordered(value[key]!)]));
};

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
export const isObject = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !isList(value);
export const asObject = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
export const asList = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
export const asText = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);
export const asNumber = (value: Json | undefined): number | undefined => (typeof value === "number" ? value : undefined);

/** The value under a path of keys, if there is one. */
export const get = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);

/** An object without some of its keys. */
export const without = (value: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** Whether two values are the same, in whatever order their keys stand. */
export function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => equal(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}

/** The scalars of a value, each with its path, as `path=value`. */
export function leaves(value: Json | undefined, path = ""): readonly string[] {
  if (value === undefined) return [];
  if (isList(value)) return value.flatMap((item) => leaves(item, `${path}[]`));
  return isObject(value) ? Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}.${key}`)) : [`${path}=${value}`];
}

/** A value of JSON or YAML; a whole number that a double cannot hold is a `bigint`. */
export type Json = string | number | bigint | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };
export type Container = JsonObject | readonly Json[];

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !isList(value);
export const isContainer = (value: Json | undefined): value is Container => typeof value === "object" && value !== null;
export const asObject = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
export const asList = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
export const asText = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);
export const asNumber = (value: Json | undefined): number | undefined =>
  typeof value === "number" ? value : undefined;

/** The value under a path of keys, if there is one. */
export const get = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);

/** An object without some of its keys. */
export const without = (value: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** The values in a container, each with its key. */
export const entriesOf = (container: Container): readonly (readonly [key: string, value: Json])[] =>
  isList(container) ? container.map((item, index) => [String(index), item] as const) : Object.entries(container);

/** A number as it was written: whole and too large for a double, it keeps its digits. */
export function numberOf(written: string): number | bigint {
  const value = Number(written);
  return /^[-+]?\d+$/.test(written) && !Number.isSafeInteger(value) ? BigInt(written) : value;
}

import { allColumns, type Column, INSTANT } from "../schema.ts";

type Values = Record<string, unknown>;
type Check = Readonly<{ name: string; required: boolean; isValid: (value: unknown) => boolean }>;

/** So many accepted values of a label are remembered; there are few of them. */
const MOST_LABELS = 10_000;

/** Whether the schema takes a value; of a label it is asked once. */
function checkOf({ name, kind, schema, required }: Column): Check {
  const asked = (value: unknown) => schema.safeParse(value).success;
  if (kind === "measure")
    return { name, required, isValid: (value) => typeof value === "number" && Number.isFinite(value) };
  if (kind === "text") return { name, required, isValid: (value) => typeof value === "string" || asked(value) };
  if (kind === "time") return { name, required, isValid: (value) => typeof value === "string" && INSTANT.test(value) };
  const accepted = new Set<unknown>();
  const isValid = (value: unknown) => {
    if (accepted.has(value)) return true;
    if (!asked(value)) return false;
    if (accepted.size < MOST_LABELS) accepted.add(value);
    return true;
  };
  return { name, required, isValid };
}

/**
 * A quick judge of values under the names of the columns: gives the JSON of what the schema surely takes as it is.
 * What it gives nothing for may still be valid; the schema says why not.
 * Where texts are `plain`, nothing in them needs an escape.
 */
export function surelyValid(): (values: Values, plain: boolean) => string | undefined {
  const checks = allColumns.map((column, index) => ({
    ...checkOf(column),
    // The first one is required: it always stands there.
    opening: `${index === 0 ? "{" : ","}"${column.name}":`,
  }));
  return (values, plain) => {
    let json = "";
    for (const { name, required, isValid, opening } of checks) {
      const value = values[name];
      if (value === undefined && !required) continue;
      if (value === undefined || !isValid(value)) return undefined;
      if (plain) json += typeof value === "string" ? `${opening}"${value}"` : `${opening}${value}`;
    }
    return plain ? `${json}}` : JSON.stringify(values);
  };
}

import { get } from "../../core/documents/json.ts";
import { readJson } from "../../core/documents/read-json.ts";
import type { Clock } from "../../core/time.ts";
import { allColumns, type Column, columns } from "../../schema.ts";

/** A record as it was written. */
export type Raw = Record<string, unknown>;
/**
 * What a record is read with: the zone of its times and its clock, the name of the load where there is one, its text,
 * and whether that holds escapes: halves of characters, and what JSON must escape again, stand in nothing else.
 */
export type Source = Readonly<{
  zone: string;
  toInstant: Clock;
  load: string | undefined;
  text: string;
  escaped: boolean;
}>;
export type ReadColumn = Column & { key: string };
export const readColumns = allColumns.filter((column): column is ReadColumn => column.key !== undefined);

const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** The codes of the characters that are surely no blanks: the first is that of the exclamation mark. */
const [FIRST_SEEN, LAST_SEEN] = [33, 126];
function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first >= FIRST_SEEN && first <= LAST_SEEN) && text.trim() === "";
}
export const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && isBlank(value));

/** The name of a load and the UTC day of a run's end. */
export const lotOf = (load: string, fin: string): string => `${load}-${fin.slice(0, 10)}`;

/**
 * The value of a column as the normalised record holds it; the schema judges it.
 * `undefined` for an absent one and a measure that is no number, null for one that cannot be converted.
 */
export function converted(column: ReadColumn, value: unknown, { toInstant, text, escaped }: Source): unknown {
  if (isAbsent(value)) return undefined;
  switch (column.kind) {
    case "label":
      return value;
    case "text":
      if (typeof value === "string") return escaped ? value.toWellFormed() : value;
      if (column.required) return value;
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) return digitsOf(column.key, { value, text });
      return column.name === columns.objet_id.name && typeof value === "number" ? asNumber(value) : asText(value);
    case "time":
      return typeof value === "string" ? (toInstant(value) ?? null) : null;
    case "measure":
      return asNumber(value);
    default:
      return column satisfies never;
  }
}

/** A whole number that a double may not hold, as text: the digits as they were written. */
function digitsOf(key: string, { value, text }: Readonly<{ value: unknown; text: string }>): string | null {
  try {
    const read = readJson(text);
    const written = "value" in read ? get(read.value, key) : undefined;
    return typeof written === "bigint" ? String(written) : asText(value);
  } catch (error) {
    // The record nests too deeply.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function asNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && DECIMAL.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** JSON, so that nothing is lost; null when it nests too deeply. */
function asText(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

import { allColumns, type Column } from "../../schema.ts";

/** A record as it was written. */
export type Raw = Record<string, unknown>;
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

export function asNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && DECIMAL.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/**
 * Text as it is (but for halves of characters, which UTF-8 cannot hold), else JSON, so that nothing of it is lost.
 * Null when it nests too deeply.
 */
export function asText(value: unknown): string | null {
  if (typeof value === "string") return value.toWellFormed();
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

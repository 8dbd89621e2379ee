import { isUtf8 } from "node:buffer";
import type { z } from "zod";
import { get } from "../core/documents/json.ts";
import { jsonFault } from "../core/documents/json-fault.ts";
import { readJson } from "../core/documents/read-json.ts";
import { shown } from "../core/errors.ts";
import type { Refusal } from "../core/record/rejects.ts";
import { type Clock, clock } from "../core/time.ts";
import { allColumns, type Column, columns, type NormalisedRecord, normalisedRecord } from "../schema.ts";
import { surelyValid } from "./surely-valid.ts";

/** A record as Kafka and Loki get it, also as JSON, or one clause that says why it is refused. */
export type Normalised = { record: NormalisedRecord; line: string } | Refusal;

type Raw = Record<string, unknown>;
/** What a record is read with, its text, and whether that holds escapes: halves of characters stand in nothing else. */
type Source = Readonly<{ toInstant: Clock; text: string; escaped: boolean }>;
type ReadColumn = Column & { key: string };

const readColumns = allColumns.filter((column): column is ReadColumn => column.key !== undefined);
const quickly = surelyValid();
const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** Reads one record of `logs.json`; times are wall times of `zone`, `lot` names the load where there is one. */
export function normaliser(zone: string, load?: string): (bytes: Buffer) => Normalised {
  const toInstant = clock(zone);
  return (bytes) => {
    if (!isUtf8(bytes)) return { code: "encoding", reason: "not valid UTF-8" };
    let raw: unknown;
    const text = bytes.toString();
    try {
      raw = JSON.parse(text);
    } catch {
      return { code: "json", reason: `not valid JSON: ${jsonFault(text) ?? "it cannot be read"}` };
    }
    if (typeof raw !== "object" || raw === null || Array.isArray(raw))
      return { code: "object", reason: `the record is ${shown(raw)}, not an object` };
    const values = candidate(raw as Raw, { toInstant, text, escaped: text.includes("\\u") }, load);
    const line = quickly(values, load === undefined && isPlain(text));
    if (line !== undefined) return { record: values as NormalisedRecord, line };
    const result = normalisedRecord.safeParse(values);
    if (!result.success) return refusal(result.error.issues[0], raw as Raw, zone);
    return { record: result.data, line: JSON.stringify(result.data) };
  };
}

/** Whether no text of a record needs a JSON escape: none is written in it, and no value's own JSON becomes a text. */
const isPlain = (text: string) => !text.includes("\\") && text.lastIndexOf("{") === 0 && !text.includes("[");

/**
 * The raw values under their normalised names, numbers and times converted; the schema judges them.
 * An absent value is left out, null stands for one that cannot be converted.
 */
function candidate(raw: Raw, source: Source, load: string | undefined): Raw {
  const values: Raw = {};
  for (const column of readColumns) {
    const value = converted(column, raw[column.key], source);
    if (value !== undefined) values[column.name] = value;
  }
  const fin = values[columns.fin.name];
  if (load !== undefined && typeof fin === "string") values[columns.lot.name] = `${load}-${fin.slice(0, 10)}`;
  return values;
}

/** A whole number as it was written, where a double cannot hold its digits. */
function digitsOf(key: string, text: string): string | undefined {
  const read = readJson(text);
  const value = "value" in read ? get(read.value, key) : undefined;
  return typeof value === "bigint" ? String(value) : undefined;
}

/** The last code of the characters that are surely no blanks: the first of them is that of the exclamation mark. */
const [FIRST_SEEN, LAST_SEEN] = [33, 126];
function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first >= FIRST_SEEN && first <= LAST_SEEN) && text.trim() === "";
}
const isAbsent = (value: unknown) =>
  value === undefined || value === null || (typeof value === "string" && isBlank(value));

function converted(column: ReadColumn, value: unknown, { toInstant, text, escaped }: Source): unknown {
  if (isAbsent(value)) return undefined;
  if (column.kind === "text" && Number.isInteger(value) && !Number.isSafeInteger(value))
    return digitsOf(column.key, text) ?? asText(value);
  switch (column.kind) {
    case "label":
      return value;
    case "text":
      if (column.required) return typeof value === "string" && escaped ? value.toWellFormed() : value;
      if (column.name === "objet_id" && typeof value === "number") return asNumber(value);
      return typeof value === "string" && !escaped ? value : asText(value);
    case "time":
      return typeof value === "string" ? (toInstant(value) ?? null) : null;
    case "measure":
      return asNumber(value);
    default:
      return column satisfies never;
  }
}

function asNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && DECIMAL.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/**
 * Text as it is (but for halves of characters, which UTF-8 cannot hold), else JSON, so that nothing of it is lost.
 * Null when it nests too deeply.
 */
function asText(value: unknown): string | null {
  if (typeof value === "string") return value.toWellFormed();
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

function refusal(issue: z.core.$ZodIssue | undefined, raw: Raw, zone: string): Refusal {
  const isTime = allColumns.some(
    ({ name, kind, key }) => name === issue?.path[0] && kind === "time" && key && !isAbsent(raw[key]),
  );
  return { code: isTime ? "date" : "field", reason: reason(issue, raw, zone) };
}

function reason(issue: z.core.$ZodIssue | undefined, raw: Raw, zone: string): string {
  const column = allColumns.find(({ name }) => name === issue?.path[0]);
  if (!issue || !column) return `the record does not fit the schema: ${issue?.message}`;
  const name = column.key ?? column.name;
  const value = column.key && raw[column.key];
  if (column.key && isAbsent(value)) return typeof value === "string" ? `${name} is empty` : `${name} is missing`;
  if (issue.code === "custom") return `${name} ${issue.message}`;
  if (issue.code === "invalid_value") return `${name} is ${shown(value)}, not ${issue.values.join(" or ")}`;
  if (column.kind === "time" && typeof value === "string")
    return `${name} ${shown(value)} is not a possible date${zone === "UTC" ? "" : ` in ${zone}`}`;
  return column.required || column.kind === "time"
    ? `${name} is ${shown(value)}, not a text`
    : `${name} nests too deeply to be kept as text`;
}

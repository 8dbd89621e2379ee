import { isUtf8 } from "node:buffer";
import type { z } from "zod";
import { get } from "../../core/documents/json.ts";
import { jsonFault } from "../../core/documents/json-fault.ts";
import { readJson } from "../../core/documents/read-json.ts";
import { shown } from "../../core/errors.ts";
import type { Refusal } from "../../core/record/rejects.ts";
import { type Clock, clock } from "../../core/time.ts";
import { allColumns, columns, normalisedRecord } from "../../schema.ts";
import { type Head, surelyValid } from "./surely-valid.ts";
import { asNumber, asText, isAbsent, type Raw, type ReadColumn, readColumns } from "./values.ts";

/** A record as JSON, as Kafka and Loki get it, and what is looked at of it; or a clause that says why it is refused. */
export type Normalised = Readonly<{ record: Head; line: string }> | Refusal;

/** What a record is read with, its text, and whether that holds escapes: halves of characters stand in nothing else. */
type Source = Readonly<{ toInstant: Clock; text: string; escaped: boolean }>;

/** Reads one record of `logs.json`; times are wall times of `zone`, `lot` names the load where there is one. */
export function normaliser(zone: string, load?: string): (bytes: Buffer) => Normalised {
  const toInstant = clock(zone);
  const quickly = surelyValid(toInstant, load);
  const thoroughly = bySchema(toInstant, { zone, load });
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
    return quickly(raw as Raw, text) ?? thoroughly(raw as Raw, text);
  };
}

/** The judge of all records: what `surelyValid` gives nothing for comes here, to be told why if it is refused. */
export function bySchema(
  toInstant: Clock,
  { zone, load }: Readonly<{ zone: string; load: string | undefined }>,
): (raw: Raw, text: string) => Normalised {
  return (raw, text) => {
    const values = candidate(raw, { toInstant, text, escaped: text.includes("\\u") }, load);
    const result = normalisedRecord.safeParse(values);
    if (!result.success) return refusal(result.error.issues[0], raw, zone);
    return { record: result.data, line: JSON.stringify(result.data) };
  };
}

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

/** A whole number as it was written, where a double cannot hold its digits; null in a record that nests too deeply. */
function digitsOf(key: string, text: string): string | null | undefined {
  try {
    const read = readJson(text);
    const value = "value" in read ? get(read.value, key) : undefined;
    return typeof value === "bigint" ? String(value) : undefined;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function converted(column: ReadColumn, value: unknown, { toInstant, text, escaped }: Source): unknown {
  if (isAbsent(value)) return undefined;
  if (column.kind === "text" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    const digits = digitsOf(column.key, text);
    return digits === undefined ? asText(value) : digits;
  }
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
  if (typeof value === "number" && !column.required && column.kind === "text")
    return `${name} is a number of too many digits to be read in a record that nests too deeply`;
  return column.required || column.kind === "time"
    ? `${name} is ${shown(value)}, not a text`
    : `${name} nests too deeply to be kept as text`;
}

import type { z } from "zod";
import { shown } from "../../core/errors.ts";
import type { Refusal } from "../../core/record/rejects.ts";
import { allColumns, type Column, columns, normalisedRecord } from "../../schema.ts";
import type { Valid } from "./valid-line.ts";
import { converted, isAbsent, lotOf, type Raw, readColumns, type Source } from "./values.ts";

/** What the schema says of a record: mostly why it is refused, since `validLine` gives nothing for it. */
export function bySchema(raw: Raw, source: Source): Valid | Refusal {
  const { data, error } = normalisedRecord.safeParse(candidate(raw, source));
  return data ? { record: data, line: JSON.stringify(data) } : refusal(error?.issues[0], { raw, zone: source.zone });
}

/** The converted values under their normalised names. */
function candidate(raw: Raw, source: Source): Raw {
  const values: Raw = {};
  for (const column of readColumns) {
    const value = converted(column, raw[column.key], source);
    if (value !== undefined) values[column.name] = value;
  }
  const fin = values[columns.fin.name];
  if (source.load !== undefined && typeof fin === "string") values[columns.lot.name] = lotOf(source.load, fin);
  return values;
}

function refusal(issue: z.core.$ZodIssue | undefined, { raw, zone }: Readonly<{ raw: Raw; zone: string }>): Refusal {
  const column = allColumns.find(({ name }) => name === issue?.path[0]);
  if (!issue || !column) return { code: "field", reason: `the record does not fit the schema: ${issue?.message}` };
  const value = column.key && raw[column.key];
  const isTime = column.kind === "time" && !isAbsent(value);
  return { code: isTime ? "date" : "field", reason: reason(issue, column, { value, zone }) };
}

function reason(
  issue: z.core.$ZodIssue,
  column: Column,
  { value, zone }: Readonly<{ value: unknown; zone: string }>,
): string {
  const { kind, required, key } = column;
  const name = key ?? column.name;
  if (key && isAbsent(value)) return typeof value === "string" ? `${name} is empty` : `${name} is missing`;
  if (issue.code === "custom") return `${name} ${issue.message}`;
  if (issue.code === "invalid_value") return `${name} is ${shown(value)}, not ${issue.values.join(" or ")}`;
  if (issue.code !== "invalid_type" && issue.code !== "invalid_union")
    return `${name} is ${shown(value)}: ${issue.message}`;
  if (kind === "measure") return `${name} is ${shown(value)}, not a number`;
  if (kind === "time" && typeof value === "string")
    return `${name} ${shown(value)} is not a possible date${zone === "UTC" ? "" : ` in ${zone}`}`;
  if (required || kind === "time") return `${name} is ${shown(value)}, not a text`;
  return typeof value === "number"
    ? `${name} is a number of too many digits to be read in a record that nests too deeply`
    : `${name} nests too deeply to be kept as text`;
}

import type { z } from "zod";
import { shown } from "../../core/errors.ts";
import type { Refusal } from "../../core/record/rejects.ts";
import { allColumns, columns, normalisedRecord } from "../../schema.ts";
import type { Valid } from "./valid-line.ts";
import { converted, isAbsent, lotOf, type Raw, readColumns, type Source } from "./values.ts";

/** What the schema says of a record: mostly why it is refused, since `validLine` gives nothing for it. */
export function bySchema(
  raw: Raw,
  source: Source,
  { zone, load }: Readonly<{ zone: string; load: string | undefined }>,
): Valid | Refusal {
  const { data, error } = normalisedRecord.safeParse(candidate(raw, source, load));
  return data ? { record: data, line: JSON.stringify(data) } : refusal(error?.issues[0], raw, zone);
}

/** The converted values under their normalised names. */
function candidate(raw: Raw, source: Source, load: string | undefined): Raw {
  const values: Raw = {};
  for (const column of readColumns) {
    const value = converted(column, raw[column.key], source);
    if (value !== undefined) values[column.name] = value;
  }
  const fin = values[columns.fin.name];
  if (load !== undefined && typeof fin === "string") values[columns.lot.name] = lotOf(load, fin);
  return values;
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

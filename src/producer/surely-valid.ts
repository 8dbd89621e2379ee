import type { Clock } from "../core/time.ts";
import { columns, type NormalisedRecord } from "../schema.ts";
import { asNumber, asText, isAbsent, type Raw, type ReadColumn, readColumns } from "./values.ts";

/** What is looked at of a normalised record, whose whole is its line. */
export type Head = Pick<NormalisedRecord, "etat" | "source" | "entreprise" | "zone" | "objet" | "fin" | "lot">;
type Field = Readonly<{ column: ReadColumn; opening: string; isLabel: (value: unknown) => boolean }>;
/** How the texts of a record stood in its JSON: none with an escape, or some with one that names a character. */
type Writing = Readonly<{ plain: boolean; named: boolean }>;

/** So many accepted values of a label are remembered; there are few of them. */
const MOST_LABELS = 10_000;

/** Whether the schema takes a label; of each it is asked once. */
function labelCheck({ schema }: Pick<ReadColumn, "schema">): Field["isLabel"] {
  const accepted = new Set<unknown>();
  return (value) => {
    if (accepted.has(value)) return true;
    if (!schema.safeParse(value).success) return false;
    if (accepted.size < MOST_LABELS) accepted.add(value);
    return true;
  };
}

const fields = readColumns.map(
  (column, index): Field => ({
    column,
    // The first one is required: it always stands there.
    opening: `${index === 0 ? "{" : ","}"${column.name}":`,
    isLabel: labelCheck(column),
  }),
);
const isLot = labelCheck(columns.lot);

const quoted = (text: string, { plain }: Writing) => (plain ? `"${text}"` : JSON.stringify(text));

/** The JSON of a text that is there, and of any other value as a text; `undefined` where it is surely neither. */
function textOf({ required, name }: ReadColumn, value: unknown, writing: Writing): string | undefined {
  if (typeof value === "string") return quoted(writing.named ? value.toWellFormed() : value, writing);
  // A double may not hold the digits of a large number.
  if (required || (Number.isInteger(value) && !Number.isSafeInteger(value))) return undefined;
  if (name === columns.objet_id.name && typeof value === "number")
    return Number.isFinite(value) ? String(value) : undefined;
  const text = asText(value);
  return text === null ? undefined : JSON.stringify(text);
}

/**
 * A quick judge of records: gives head and line of one that the schema surely takes, values as they are read.
 * What it gives nothing for may still be valid; the schema says why not.
 */
export function surelyValid(
  toInstant: Clock,
  load: string | undefined,
): (raw: Raw, text: string) => Readonly<{ record: Head; line: string }> | undefined {
  return (raw, text) => {
    const plain = !text.includes("\\");
    const writing = { plain, named: !plain && text.includes("\\u") };
    let [line, end] = ["", ""];
    for (const { column, opening, isLabel } of fields) {
      const value = raw[column.key];
      if (isAbsent(value)) {
        if (column.required) return undefined;
      } else if (column.kind === "label") {
        if (!isLabel(value)) return undefined;
        line += opening + quoted(value as string, writing);
      } else if (column.kind === "text") {
        const json = textOf(column, value, writing);
        if (json === undefined) return undefined;
        line += opening + json;
      } else if (column.kind === "time") {
        const time = typeof value === "string" ? toInstant(value) : undefined;
        if (time === undefined) return undefined;
        line += `${opening}"${time}"`;
        if (column.name === columns.fin.name) end = time;
      } else {
        const number = asNumber(value);
        if (number !== undefined) line += opening + number;
      }
    }
    const { etat, source, entreprise, zone, objet } = columns;
    const object = raw[objet.key as string] as string;
    const record: Head = {
      etat: raw[etat.key as string] as Head["etat"],
      source: raw[source.key as string] as string,
      entreprise: raw[entreprise.key as string] as string,
      zone: raw[zone.key as string] as string,
      objet: writing.named ? object.toWellFormed() : object,
      fin: end,
    };
    if (load === undefined) return { record, line: `${line}}` };
    const lot = `${load}-${end.slice(0, 10)}`;
    return isLot(lot) ? { record: { ...record, lot }, line: `${line},"lot":${JSON.stringify(lot)}}` } : undefined;
  };
}

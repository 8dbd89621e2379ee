import type { Clock } from "../../core/time.ts";
import { columns, type NormalisedRecord } from "../../schema.ts";
import { asNumber, asText, isAbsent, type Raw, type ReadColumn, readColumns } from "./values.ts";

/** What is looked at of a normalised record, whose whole is its line. */
export type Head = Pick<NormalisedRecord, "etat" | "source" | "entreprise" | "zone" | "objet" | "fin" | "lot">;
type Field = Readonly<{ column: ReadColumn; isLabel: (value: unknown) => boolean; opening: Opening }>;
/**
 * What stands before a value, by what its text begins and the one before it ends with: fewer pieces to put together.
 * `bare` values have their own quotes, or none.
 */
type Opening = Readonly<{ bare: string; quoted: string; bareAfterQuoted: string; quotedAfterQuoted: string }>;

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

const fields = readColumns.map((column, index): Field => {
  // The first one is required: it always stands there.
  const bare = `${index === 0 ? "{" : ","}"${column.name}":`;
  const opening = { bare, quoted: `${bare}"`, bareAfterQuoted: `"${bare}`, quotedAfterQuoted: `"${bare}"` };
  return { column, isLabel: labelCheck(column), opening };
});
const isLot = labelCheck(columns.lot);

/** The JSON of a text that is there, and of any other value as a text; `undefined` where it is surely neither. */
function jsonOf({ required, name }: ReadColumn, value: unknown): string | undefined {
  if (typeof value === "string") return JSON.stringify(value.toWellFormed());
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
    // Then no text of it needs one.
    const plain = !text.includes("\\");
    let [line, end] = ["", ""];
    let isQuoted = false;
    for (const { column, isLabel, opening } of fields) {
      const value = raw[column.key];
      if (isAbsent(value)) {
        if (column.required) return undefined;
        continue;
      }
      let quoted: string | undefined;
      let bare: string | number | undefined;
      switch (column.kind) {
        case "label":
          if (!isLabel(value)) return undefined;
          if (plain) quoted = value as string;
          else bare = JSON.stringify(value);
          break;
        case "text":
          if (plain && typeof value === "string") quoted = value;
          else bare = jsonOf(column, value);
          if (quoted === undefined && bare === undefined) return undefined;
          break;
        case "time":
          quoted = typeof value === "string" ? toInstant(value) : undefined;
          if (quoted === undefined) return undefined;
          if (column.name === columns.fin.name) end = quoted;
          break;
        case "measure":
          bare = asNumber(value);
          break;
        default:
          return column satisfies never;
      }
      if (quoted !== undefined) {
        line += isQuoted ? opening.quotedAfterQuoted : opening.quoted;
        line += quoted;
        isQuoted = true;
      } else if (bare !== undefined) {
        line += isQuoted ? opening.bareAfterQuoted : opening.bare;
        line += bare;
        isQuoted = false;
      }
    }
    if (isQuoted) line += '"';
    const { etat, source, entreprise, zone, objet } = columns;
    const object = raw[objet.key as string] as string;
    const record: Head = {
      etat: raw[etat.key as string] as Head["etat"],
      source: raw[source.key as string] as string,
      entreprise: raw[entreprise.key as string] as string,
      zone: raw[zone.key as string] as string,
      objet: plain ? object : object.toWellFormed(),
      fin: end,
    };
    if (load === undefined) return { record, line: `${line}}` };
    const lot = `${load}-${end.slice(0, 10)}`;
    return isLot(lot) ? { record: { ...record, lot }, line: `${line},"lot":${JSON.stringify(lot)}}` } : undefined;
  };
}

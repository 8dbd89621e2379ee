import { columns, LABEL_BYTES, type NormalisedRecord, schemas } from "../../schema.ts";
import { converted, lotOf, type Raw, type ReadColumn, readColumns, type Source } from "./values.ts";

/** What is looked at of a normalised record, whose whole is its line. */
type Head = Pick<NormalisedRecord, "etat" | "source" | "entreprise" | "zone" | "objet" | "fin" | "lot">;
/** A record as JSON, as Kafka and Loki get it, and what is looked at of it. */
export type Valid = Readonly<{ record: Head; line: string }>;

type Field = Readonly<{ column: ReadColumn; takes: (value: unknown) => boolean; opening: Opening }>;
/**
 * What stands before a value, by what its text begins and the one before it ends with: fewer pieces to put together.
 * `bare` values have their own quotes, or none.
 */
type Opening = Readonly<{ bare: string; quoted: string; bareAfterQuoted: string; quotedAfterQuoted: string }>;

/** So many accepted values of a column are remembered, none longer than a label: of most there are few. */
const MOST_REMEMBERED = 10_000;

const isThere = (value: unknown) => value !== null;
const isText = (value: unknown) => typeof value === "string";
/** What is left to ask, where a schema takes all else that is converted for it. */
const ASKED: ReadonlyMap<unknown, Field["takes"]> = new Map<unknown, Field["takes"]>([
  [schemas.text, isText],
  [schemas.time, isThere],
  [schemas.measure, isThere],
  [columns.objet_id.schema, isThere],
]);

/** Whether a column takes what was converted for it. Any other schema is asked once for each value. */
function takenBy({ schema }: Pick<ReadColumn, "schema">): Field["takes"] {
  const asked = ASKED.get(schema);
  if (asked) return asked;
  const accepted = new Set<unknown>();
  return (value) => {
    if (accepted.has(value)) return true;
    if (!schema.safeParse(value).success) return false;
    if (accepted.size < MOST_REMEMBERED && String(value).length <= LABEL_BYTES) accepted.add(value);
    return true;
  };
}

const fields = readColumns.map((column, index): Field => {
  // The first one is required: it always stands there.
  const bare = `${index === 0 ? "{" : ","}"${column.name}":`;
  const opening = { bare, quoted: `${bare}"`, bareAfterQuoted: `"${bare}`, quotedAfterQuoted: `"${bare}"` };
  return { column, takes: takenBy(column), opening };
});
const isLot = takenBy(columns.lot);

/** Head and line of a record that the schema takes, values as they are read; nothing for any other. */
export function validLine(raw: Raw, source: Source): Valid | undefined {
  let [line, fin, objet] = ["", "", ""];
  let isQuoted = false;
  for (const { column, takes, opening } of fields) {
    const given = raw[column.key];
    const value = converted(column, given, source);
    if (value === undefined) {
      if (column.required) return undefined;
      continue;
    }
    if (!takes(value)) return undefined;
    if (column === columns.fin) fin = value as string;
    else if (column === columns.objet) objet = value as string;
    // Of a record without escapes no text needs one.
    if (typeof value === "string" && typeof given === "string" && !source.escaped) {
      line += isQuoted ? opening.quotedAfterQuoted : opening.quoted;
      line += value;
      isQuoted = true;
    } else {
      line += isQuoted ? opening.bareAfterQuoted : opening.bare;
      line += typeof value === "string" ? JSON.stringify(value) : value;
      isQuoted = false;
    }
  }
  if (isQuoted) line += '"';
  const { etat, source: from, entreprise, zone } = columns;
  const record: Head = {
    etat: raw[etat.key as string] as Head["etat"],
    source: raw[from.key as string] as string,
    entreprise: raw[entreprise.key as string] as string,
    zone: raw[zone.key as string] as string,
    objet,
    fin,
  };
  const { load } = source;
  if (load === undefined) return { record, line: `${line}}` };
  const lot = lotOf(load, fin);
  return isLot(lot) ? { record: { ...record, lot }, line: `${line},"lot":${JSON.stringify(lot)}}` } : undefined;
}

import type { NormalisedRecord } from "../../schema.ts";
import { secondsBetween } from "../time.ts";

/** The first failure's `fin` of each (entreprise, source, objet) that has not succeeded since, by `failureKey`. */
export type OpenFailures = Map<string, string>;

/** What a record does to the open failures: opens one at `fin`, or closes it (`fin` undefined). */
export type Change = Readonly<{ key: string; fin: string | undefined }>;

const MOST_KEYS = 10_000;
const keys = new Map<string, string>();

/** The key of what a record is a run of; written once, as there are few and it is asked for at each record. */
export function failureKey({
  entreprise,
  source,
  objet,
}: Pick<NormalisedRecord, "entreprise" | "source" | "objet">): string {
  const asked = `${entreprise.length} ${source.length} ${entreprise}${source}${objet}`;
  let key = keys.get(asked);
  if (key !== undefined) return key;
  if (keys.size >= MOST_KEYS) keys.clear();
  key = JSON.stringify([entreprise, source, objet]);
  keys.set(asked, key);
  return key;
}

/**
 * The record, with `retablissement_s` if it is the first success after a failure.
 * The change is to be applied once the record is accepted.
 */
export function recovery(
  open: ReadonlyMap<string, string>,
  record: NormalisedRecord,
): { record: NormalisedRecord; change?: Change } {
  if (open.size === 0 && record.etat === "SUCCESS") return { record };
  const key = failureKey(record);
  const failed = open.get(key);
  if (record.etat === "FAILED") return failed === undefined ? { record, change: { key, fin: record.fin } } : { record };
  if (failed === undefined) return { record };
  const { lot, ...rest } = record;
  const retablissement_s = Math.max(0, secondsBetween(failed, record.fin));
  return { record: { ...rest, retablissement_s, ...(lot !== undefined && { lot }) }, change: { key, fin: undefined } };
}

export function applyChange(open: OpenFailures, { key, fin }: Change): void {
  if (fin === undefined) open.delete(key);
  else open.set(key, fin);
}

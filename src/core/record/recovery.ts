import type { NormalisedRecord } from "../../schema.ts";
import { secondsBetween } from "../time.ts";

/** The first failure's `fin` of each (entreprise, source, objet) that has not succeeded since, by `failureKey`. */
export type OpenFailures = Map<string, string>;

/** What a record does to the open failures: opens one at `fin`, or closes it (`fin` undefined). */
export type Change = Readonly<{ key: string; fin: string | undefined }>;

export const failureKey = ({
  entreprise,
  source,
  objet,
}: Pick<NormalisedRecord, "entreprise" | "source" | "objet">): string => JSON.stringify([entreprise, source, objet]);

/** The record with `retablissement_s` if it is the first success after a failure, and the change to be applied once the record is accepted. */
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

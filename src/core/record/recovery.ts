import type { NormalisedRecord } from "../../schema.ts";
import { keptByThree } from "../kept.ts";
import { secondsBetween } from "../time.ts";

/** The first failure's `fin` of each (entreprise, source, objet) that has not succeeded since, by `failureKey`. */
export type OpenFailures = Map<string, string>;

/** What a record does to the open failures: opens one at `fin`, or closes it (`fin` undefined). */
export type Change = Readonly<{ key: string; fin: string | undefined }>;

type Run = Pick<NormalisedRecord, "etat" | "entreprise" | "source" | "objet" | "fin" | "lot">;
type Recovered = Pick<NormalisedRecord, "retablissement_s">;

const keys = keptByThree((entreprise) => (source) => (objet) => JSON.stringify([entreprise, source, objet]));

/** The key of what a record is a run of; written once, as there are few and it is asked for at each record. */
export const failureKey = ({ entreprise, source, objet }: Pick<NormalisedRecord, "entreprise" | "source" | "objet">) =>
  keys(entreprise)(source)(objet);

/**
 * The record, with `retablissement_s` if it is the first success after a failure.
 * The change is to be applied once the record is accepted.
 */
export function recovery<R extends Run>(
  open: ReadonlyMap<string, string>,
  record: R,
): { record: R & Recovered; change?: Change } {
  if (open.size === 0 && record.etat === "SUCCESS") return { record };
  const key = failureKey(record);
  const failed = open.get(key);
  if (record.etat === "FAILED") return failed === undefined ? { record, change: { key, fin: record.fin } } : { record };
  if (failed === undefined) return { record };
  const { lot, ...rest } = record;
  const retablissement_s = Math.max(0, secondsBetween(failed, record.fin));
  const recovered = { ...rest, retablissement_s, ...(lot !== undefined && { lot }) } as R & Recovered;
  return { record: recovered, change: { key, fin: undefined } };
}

export function applyChange(open: OpenFailures, { key, fin }: Change): void {
  if (fin === undefined) open.delete(key);
  else open.set(key, fin);
}

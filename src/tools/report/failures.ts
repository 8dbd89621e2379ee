import { collected } from "../../core/kept.ts";
import { failureKey } from "../../core/record/recovery.ts";
import type { NormalisedRecord } from "../../schema.ts";

type Failed = Pick<NormalisedRecord, "entreprise" | "source" | "objet">;
/** An object whose last run of the window failed: since when (ms), how often, and what the last failure said. */
export type OpenFailure = Failed & { readonly since: number; count: number; description: string | undefined };
/** Failures of a source that say the same but for numbers that vary: one of their texts, how many, of which objects. */
export type Cause = {
  readonly source: string;
  readonly text: string | undefined;
  count: number;
  readonly objects: Set<string>;
};

type Failing = Failed & Readonly<{ etat: string; description: string | undefined; at: number }>;

/** Texts are compared up to this length. */
const COMPARED = 400;
/** More causes than this are a sign of texts that never repeat; the further ones are told together. */
const MOST_CAUSES = 5000;
export const OTHER_CAUSES = "Autres descriptions";

const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "…"],
  [/\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g, "…"],
  [/\b\d\d?\/\d\d?\/\d{4}\b|\b\d\d?:\d\d(?::\d\d)?(?:[.,]\d+)?\b/g, "…"],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, "…"],
  [/\b0x[0-9a-f]+\b|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b/gi, "…"],
  [/\d+[.,]\d+|\d{4,}/g, "…"],
];

/**
 * What failures of one cause share: the text without dates, addresses, identifiers and long or fractional numbers.
 * A status such as 503 stays.
 */
export const commonText = (text: string): string =>
  VARYING.reduce((rest, [varying, mark]) => rest.replace(varying, mark), text.slice(0, 4 * COMPARED))
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, COMPARED);

/** Follows the runs of a window in order of time: what failed for which reason, and what has not succeeded since. */
export function followFailures() {
  const open = new Map<string, OpenFailure>();
  const causes = collected<string, Cause>();
  const addCause = ({ source, objet, description }: Pick<Failing, "source" | "objet" | "description">) => {
    const named = JSON.stringify([source, description === undefined ? null : commonText(description)]);
    const full = causes.all.size >= MOST_CAUSES && !causes.all.has(named);
    const key = full ? JSON.stringify([source]) : named;
    const text = full ? OTHER_CAUSES : description?.slice(0, 4 * COMPARED);
    const cause = causes.of(key, () => ({ source, text, count: 0, objects: new Set() }));
    cause.count += 1;
    cause.objects.add(objet);
  };
  return {
    run({ entreprise, source, objet, etat, description, at }: Failing): void {
      if (etat === "SUCCESS" && open.size === 0) return;
      const key = failureKey({ entreprise, source, objet });
      if (etat === "SUCCESS") {
        open.delete(key);
        return;
      }
      addCause({ source, objet, description });
      const failure = open.get(key) ?? { entreprise, source, objet, since: at, count: 0, description };
      failure.count += 1;
      failure.description = description?.slice(0, 4 * COMPARED);
      open.set(key, failure);
    },
    open: (): readonly OpenFailure[] => [...open.values()],
    causes: (): readonly Cause[] => [...causes.all.values()],
  };
}

import { visibleJson } from "../../../core/visible.ts";
import { countChanges, type Report } from "../compare/report.ts";
import { written } from "../json.ts";
import type { Names } from "./phrases.ts";

/**
 * `{from, to, count, sections: [{kind, title, subjects: [{kind, id, title, status, note, effects, changes}]}]}`.
 * A change is `{of, what, change, words: [{before?, after?, times?}], paths, from?, to?}`:
 * in words, and as the files have it. No change: `sections` is empty.
 */
export function json(report: Report, { from, to }: Names): string {
  const sections = report.map(({ kind, title, subjects }) => ({
    kind,
    title,
    subjects: subjects.map(({ from: _, to: __, apart, details, id = null, ...subject }) => ({
      id,
      ...subject,
      changes: details.map(({ form, pairs, ...detail }) => ({ ...detail, words: pairs })),
    })),
  }));
  return visibleJson(`${written({ from, to, count: countChanges(report), sections }, 2)}\n`);
}

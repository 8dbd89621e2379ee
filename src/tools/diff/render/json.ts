import { visibleJson } from "../../../core/visible.ts";
import { countChanges, type Report } from "../compare/report.ts";
import { written } from "../json.ts";

/**
 * `{from, to, count, sections: [{kind, title, subjects: [{kind, id, title, status, note, effects, changes}]}]}`, where a change is
 * `{of, what, change, words: [{before?, after?, times?}], paths, from?, to?}`: in words, and as the files have it. No change: `sections` is empty.
 */
export function json(report: Report, from: string, to: string): string {
  const sections = report.map(({ kind, title, subjects }) => ({
    kind,
    title,
    subjects: subjects.map((subject) => ({
      kind: subject.kind,
      id: subject.id ?? null,
      title: subject.title,
      status: subject.status,
      note: subject.note,
      effects: subject.effects,
      changes: subject.details.map((detail) => ({
        of: detail.of,
        what: detail.what,
        change: detail.change,
        words: detail.pairs,
        paths: detail.paths,
        ...(detail.from !== undefined && { from: detail.from }),
        ...(detail.to !== undefined && { to: detail.to }),
      })),
    })),
  }));
  return visibleJson(`${written({ from, to, count: countChanges(report), sections }, 2)}\n`);
}

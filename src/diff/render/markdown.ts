import type { Detail } from "../compare/detail.ts";
import { countChanges, type Report, type Section, type Subject } from "../compare/report.ts";
import { block, code, escaped } from "./escape.ts";
import { arrival, nothing, nounOf, type Part, plural, sentence, titleOf } from "./phrases.ts";
import { printable } from "./printable.ts";

/** GitHub takes 65,536 characters in a comment. */
const MOST_CHARACTERS = 60_000;
/** More changes than this are folded: of one thing, of one section. */
const MOST_OPEN = { details: 8, subjects: 20 };

function part({ as, form, text }: Part): string {
  if (as === "words") return escaped(text);
  if (as === "path" || form === "query" || /^[[{]/.test(text)) return code(text);
  return form === "text" || form === "name" ? `“${escaped(text)}”` : escaped(text);
}

const folded = (summary: string, body: string, indent: string): string =>
  [`${indent}<details><summary>${summary}</summary>`, "", body, "", `${indent}</details>`].join("\n");

/** The whole old and new text, where the line above shows only what changed. */
function whole({ form, from, to, change }: Detail, abridged: boolean, indent: string): readonly string[] {
  if (typeof from !== "string" || typeof to !== "string" || change !== "changed" || !(form === "query" || (form === "text" && abridged))) return [];
  return [folded("before and after", [block(from, indent), block(to, indent)].join("\n\n"), indent)];
}

type Item = Readonly<{ line: string; below: (indent: string) => readonly string[] }>;

function itemsOf({ details, effects }: Subject, folds: boolean): readonly Item[] {
  const ofDetails = details.map((detail): Item => {
    const { parts, abridged } = sentence(detail);
    return { line: parts.map(part).join(""), below: (indent) => (folds ? whole(detail, abridged, indent) : []) };
  });
  return [...ofDetails, ...effects.map((effect): Item => ({ line: `effect: ${escaped(printable(effect))}`, below: () => [] }))];
}

const bullets = (items: readonly Item[], indent: string): readonly string[] =>
  items.flatMap(({ line, below }) => [`${indent}- ${line}`, ...below(`${indent}  `)]);

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function subjectLines(subject: Subject, folds: boolean): readonly string[] {
  const items = itemsOf(subject, folds);
  const isDashboard = subject.kind === "dashboard";
  if (subject.status !== "changed" && isDashboard) return [`- ${escaped(arrival(subject))}`];
  if (isDashboard) return bullets(items, "");
  const name = [capital(nounOf(subject)), `**${escaped(titleOf(subject))}**`].filter((text) => text !== "").join(" ");
  if (subject.status !== "changed") return [`- ${name}: ${escaped(arrival(subject))}`, ...bullets(items, "  ")];
  const [only] = items;
  if (items.length === 1 && only) return [`- ${name}: ${only.line}`, ...only.below("  ")];
  if (items.length <= MOST_OPEN.details) return [`- ${name}`, ...bullets(items, "  ")];
  return [`- ${name}`, folded(plural(items.length, "change"), bullets(items, "  ").join("\n"), "  ")];
}

function sectionText({ kind, title, subjects }: Section, folds: boolean): string {
  const heading = kind === "dashboard" ? `### Dashboard “${escaped(titleOf({ title, id: subjects[0]?.id }))}”` : `### ${title}`;
  const lines = subjects.flatMap((subject) => subjectLines(subject, folds)).join("\n");
  return `${heading}\n\n${subjects.length > MOST_OPEN.subjects ? folded(plural(subjects.length, "thing"), lines, "") : lines}`;
}

/** Markdown for a pull-request comment: a heading per dashboard, a bullet per thing; no text in the files can break out of its place. */
export function markdown(report: Report, from: string, to: string): string {
  if (report.length === 0) return `${escaped(nothing(from, to))}\n`;
  const head = `**${plural(countChanges(report), "change")}** from ${escaped(printable(from))} to ${escaped(printable(to))}`;
  const text = (folds: boolean) => `${[head, ...report.map((section) => sectionText(section, folds))].join("\n\n")}\n`;
  const open = text(true);
  return open.length <= MOST_CHARACTERS ? open : cut(report, head, text(false));
}

/** As many sections as fit, and how many changes are left out. */
function cut(report: Report, head: string, all: string): string {
  if (all.length <= MOST_CHARACTERS) return all;
  const parts = [head];
  let length = head.length;
  let done = 0;
  for (const section of report) {
    const next = sectionText(section, false);
    if (length + next.length > MOST_CHARACTERS - 200) break;
    parts.push(next);
    length += next.length + 2;
    done += 1;
  }
  const left = countChanges(report.slice(done));
  return `${[...parts, `${plural(left, "more change")} did not fit into a comment; \`npm run diff\` shows ${left === 1 ? "it" : "them"}.`].join("\n\n")}\n`;
}

import { block, code, escaped } from "../../../core/markdown.ts";
import { plural, printable } from "../../../core/printable.ts";
import type { Detail } from "../compare/detail.ts";
import { countChanges, type Report, type Section, type Subject } from "../compare/report.ts";
import { arrival, nothing, nounOf, type Part, secondWord, sentence, titleOf } from "./phrases.ts";

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
  if (
    typeof from !== "string" ||
    typeof to !== "string" ||
    change !== "changed" ||
    !(form === "query" || (form === "text" && abridged))
  )
    return [];
  return [folded("before and after", [block(from, indent), block(to, indent)].join("\n\n"), indent)];
}

type Item = Readonly<{ line: string; below: (indent: string) => readonly string[] }>;

function itemsOf({ details, effects }: Subject, folds: boolean): readonly Item[] {
  const ofDetails = details.map((detail): Item => {
    const { parts, abridged } = sentence(detail);
    return { line: parts.map(part).join(""), below: (indent) => (folds ? whole(detail, abridged, indent) : []) };
  });
  return [
    ...ofDetails,
    ...effects.map((effect): Item => ({ line: `effect: ${escaped(printable(effect))}`, below: () => [] })),
  ];
}

const bullets = (items: readonly Item[], indent: string): readonly string[] =>
  items.flatMap(({ line, below }) => [`${indent}- ${line}`, ...below(`${indent}  `)]);

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function subjectLines(subject: Subject, folds: boolean): readonly string[] {
  const items = itemsOf(subject, folds);
  const isDashboard = subject.kind === "dashboard";
  if (subject.status !== "changed" && isDashboard) return [`- ${escaped(arrival(subject))}`];
  if (isDashboard) return bullets(items, "");
  const name = [capital(nounOf(subject)), `**${escaped(titleOf(subject))}**${escaped(secondWord(subject.apart))}`]
    .filter((text) => text !== "")
    .join(" ");
  if (subject.status !== "changed") return [`- ${name}: ${escaped(arrival(subject))}`, ...bullets(items, "  ")];
  const [only] = items;
  if (items.length === 1 && only) return [`- ${name}: ${only.line}`, ...only.below("  ")];
  if (items.length <= MOST_OPEN.details) return [`- ${name}`, ...bullets(items, "  ")];
  return [`- ${name}`, folded(plural(items.length, "change"), bullets(items, "  ").join("\n"), "  ")];
}

const headingOf = ({ kind, title, apart, subjects }: Section): string =>
  kind === "dashboard"
    ? `### Dashboard “${escaped(titleOf({ title, id: subjects[0]?.id }))}”${escaped(secondWord(apart))}`
    : `### ${title}`;

function sectionText(section: Section, folds: boolean): string {
  const { subjects } = section;
  const lines = subjects.flatMap((subject) => subjectLines(subject, folds)).join("\n");
  return `${headingOf(section)}\n\n${subjects.length > MOST_OPEN.subjects ? folded(plural(subjects.length, "thing"), lines, "") : lines}`;
}

/** Markdown for a pull-request comment: a heading per dashboard, a bullet per thing; no text in the files can break out of its place. */
export function markdown(report: Report, from: string, to: string): string {
  if (report.length === 0) return `${escaped(nothing(from, to))}\n`;
  const head = `**${plural(countChanges(report), "change")}** from ${escaped(printable(from))} to ${escaped(printable(to))}`;
  const text = (folds: boolean) => `${[head, ...report.map((section) => sectionText(section, folds))].join("\n\n")}\n`;
  const open = text(true);
  if (open.length <= MOST_CHARACTERS) return open;
  const all = text(false);
  return all.length <= MOST_CHARACTERS ? all : cut(report, head);
}

/** Alert rules come first where not everything fits. */
const byWeight = (report: Report): Report =>
  [...report].sort((a, b) => Number(b.kind === "rules") - Number(a.kind === "rules"));
const leftOut = (count: number, where: string): string =>
  `${plural(count, "more change")} ${where} did not fit into a comment; \`npm run diff\` shows ${count === 1 ? "it" : "them"}.`;

/** As much of every section as its share of a comment holds; what one does not need is for those behind it. */
function cut(report: Report, head: string): string {
  const sections = byWeight(report);
  const parts = [head];
  let room = MOST_CHARACTERS - head.length - 200;
  let done = 0;
  for (const section of sections) {
    const share = Math.floor(room / (sections.length - done));
    const text = within(section, share);
    if (text === undefined) break;
    parts.push(text);
    room -= text.length + 2;
    done += 1;
  }
  const left = countChanges(sections.slice(done));
  return `${[...parts, ...(left > 0 ? [leftOut(left, `in ${plural(sections.length - done, "section")}`)] : [])].join("\n\n")}\n`;
}

/** The things of a section that fit into so many characters, and how many changes of it do not; undefined if not even its heading does. */
function within(section: Section, most: number): string | undefined {
  const whole = sectionText(section, false);
  if (whole.length <= most) return whole;
  const heading = headingOf(section);
  const lines: string[] = [];
  const missing: Subject[] = [];
  let length = heading.length + 150;
  if (length > most) return undefined;
  for (const subject of section.subjects) {
    const text = subjectLines(subject, false).join("\n");
    if (length + text.length + 1 > most) missing.push(subject);
    else {
      lines.push(text);
      length += text.length + 1;
    }
  }
  const left = countChanges([{ ...section, subjects: missing }]);
  return [heading, ...(lines.length > 0 ? [lines.join("\n")] : []), leftOut(left, "here")].join("\n\n");
}

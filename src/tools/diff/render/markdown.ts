import { block, code, escaped } from "../../../core/markdown.ts";
import { plural, printable } from "../../../core/printable.ts";
import type { Detail } from "../compare/detail.ts";
import { countChanges, type Report, type Section, type Subject } from "../compare/report.ts";
import {
  arrival,
  dashboardTitle,
  effectsOf,
  type Names,
  nothing,
  nounOf,
  type Part,
  secondWord,
  sentence,
  titleOf,
} from "./phrases.ts";

/** GitHub takes 65,536 characters in a comment. */
const MOST_CHARACTERS = 60_000;
/** More changes than this are folded: of one thing, of one section. */
const MOST_OPEN = { details: 8, subjects: 20 };

function part({ as, form, text }: Part): string {
  if (as === "words") return escaped(text);
  if (as === "path" || form === "query" || /^[[{]/.test(text)) return code(text);
  return form === "text" || form === "name" ? `“${escaped(text)}”` : escaped(text);
}

const folded = (summary: string, body: string, { indent = "" } = {}): string =>
  [`${indent}<details><summary>${summary}</summary>`, "", body, "", `${indent}</details>`].join("\n");

/** A line of a list, and the whole texts that are folded below it. */
type Item = Readonly<{ line: string; texts: readonly string[] }>;

/** Whether old and new texts are shown whole, folded. */
type Folding = Readonly<{ folds: boolean }>;

/** One difference; below it the whole old and new text, where the line shows only what changed. */
function itemOf(detail: Detail, { folds }: Folding): Item {
  const { form, from, to, change } = detail;
  const { parts, abridged } = sentence(detail);
  const line = parts.map(part).join("");
  const isCut = form === "query" || (form === "text" && abridged);
  const isWhole = !folds || !isCut || change !== "changed" || typeof from !== "string" || typeof to !== "string";
  return { line, texts: isWhole ? [] : [from, to] };
}

function below({ texts }: Item, indent: string): readonly string[] {
  if (texts.length === 0) return [];
  return [folded("before and after", texts.map((text) => block(text, indent)).join("\n\n"), { indent })];
}
const bullets = (items: readonly Item[], indent: string): readonly string[] =>
  items.flatMap((item) => [`${indent}- ${item.line}`, ...below(item, `${indent}  `)]);

function subjectLines(subject: Subject, folding: Folding): readonly string[] {
  const effects = effectsOf(subject).map((effect): Item => ({ line: escaped(effect), texts: [] }));
  const items = [...subject.details.map((detail) => itemOf(detail, folding)), ...effects];
  const isWhole = subject.status !== "changed";
  if (subject.kind === "dashboard") return isWhole ? [`- ${escaped(arrival(subject))}`] : bullets(items, "");
  const noun = nounOf(subject).replace(/^./, (letter) => letter.toUpperCase());
  const title = `**${escaped(titleOf(subject))}**${escaped(secondWord(subject.apart))}`;
  const name = [noun, title].filter(Boolean).join(" ");
  if (isWhole) return [`- ${name}: ${escaped(arrival(subject))}`, ...bullets(items, "  ")];
  const [only] = items;
  if (items.length === 1 && only) return [`- ${name}: ${only.line}`, ...below(only, "  ")];
  if (items.length <= MOST_OPEN.details) return [`- ${name}`, ...bullets(items, "  ")];
  return [`- ${name}`, folded(plural(items.length, "change"), bullets(items, "  ").join("\n"), { indent: "  " })];
}

const headingOf = (section: Section): string =>
  section.kind === "dashboard"
    ? `### Dashboard “${escaped(dashboardTitle(section))}”${escaped(secondWord(section.apart))}`
    : `### ${section.title}`;

function sectionText(section: Section, folding: Folding): string {
  const { subjects } = section;
  const lines = subjects.flatMap((subject) => subjectLines(subject, folding)).join("\n");
  const isLong = subjects.length > MOST_OPEN.subjects;
  return `${headingOf(section)}\n\n${isLong ? folded(plural(subjects.length, "thing"), lines) : lines}`;
}

/** Markdown for a pull-request comment: a heading per dashboard, a bullet per thing; no text can leave its place. */
export function markdown(report: Report, { from, to }: Names): string {
  if (report.length === 0) return `${escaped(nothing({ from, to }))}\n`;
  const head = `**${plural(countChanges(report), "change")}** from ${escaped(printable(from))} to ${escaped(printable(to))}`;
  const text = (folding: Folding) => `${[head, ...report.map((one) => sectionText(one, folding))].join("\n\n")}\n`;
  const fitting = [{ folds: true }, { folds: false }].map(text).find(({ length }) => length <= MOST_CHARACTERS);
  return fitting ?? cut(report, head);
}

const leftOut = (count: number, where: string): string =>
  `${plural(count, "more change")} ${where} did not fit into a comment; \`npm run diff\` shows ${count === 1 ? "it" : "them"}.`;

/** As much of every section as its share of a comment holds, alert rules first; what one spares is for those behind. */
function cut(report: Report, head: string): string {
  const sections = report.toSorted((a, b) => Number(b.kind === "rules") - Number(a.kind === "rules"));
  const parts = [head];
  let room = MOST_CHARACTERS - head.length - 200;
  for (const [index, section] of sections.entries()) {
    const text = within(section, Math.floor(room / (sections.length - index)));
    if (text === undefined) {
      const rest = sections.slice(index);
      parts.push(leftOut(countChanges(rest), `in ${plural(rest.length, "section")}`));
      break;
    }
    parts.push(text);
    room -= text.length + 2;
  }
  return `${parts.join("\n\n")}\n`;
}

/** The things of a section that fit, and how many changes of it do not; undefined if not even its heading fits. */
function within(section: Section, most: number): string | undefined {
  const whole = sectionText(section, { folds: false });
  if (whole.length <= most) return whole;
  const heading = headingOf(section);
  let room = most - heading.length - 150;
  if (room < 0) return undefined;
  const texts = section.subjects.map((subject) => ({
    subject,
    text: subjectLines(subject, { folds: false }).join("\n"),
  }));
  const shown = texts.filter(({ text }) => {
    const fits = text.length < room;
    if (fits) room -= text.length + 1;
    return fits;
  });
  const missing = texts.filter((one) => !shown.includes(one)).map(({ subject }) => subject);
  const lines = shown.map(({ text }) => text).join("\n");
  const left = leftOut(countChanges([{ ...section, subjects: missing }]), "here");
  return [heading, lines, left].filter(Boolean).join("\n\n");
}

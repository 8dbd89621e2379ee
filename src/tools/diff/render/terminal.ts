import type { createColors } from "picocolors";
import { plural, printable } from "../../../core/printable.ts";
import { countChanges, type Report, type Section, type Subject } from "../compare/report.ts";
import { dashboardTitle, linesOf, type Names, nothing, nounOf, type Part, secondWord, titleOf } from "./phrases.ts";

type Colors = ReturnType<typeof createColors>;
const MARKS = { added: "+", removed: "-", changed: "~" } as const;

/** Lines for a terminal: a heading per dashboard, a mark per thing, its changes below. */
export function terminal(report: Report, { from, to }: Names, colors: Colors): string {
  if (report.length === 0) return `${nothing({ from, to })}\n`;
  const paint = { added: colors.green, removed: colors.red, changed: colors.yellow };
  const paintPart = { before: colors.red, after: colors.green, words: String, path: String };
  const part = ({ as, form, text }: Part) =>
    paintPart[as](as !== "words" && (form === "text" || form === "name") ? `“${text}”` : text);
  const subject = (one: Subject): readonly string[] => {
    const { status, kind, apart } = one;
    const isPlain = kind === "loki" || kind === "promtail";
    const title = isPlain ? titleOf(one) : `“${titleOf(one)}”${secondWord(apart)}`;
    const mark = (text: string) => `  ${paint[status](`${MARKS[status]} ${text}`)}`;
    const lines = linesOf(one, part);
    const [first, ...rest] = status === "changed" ? ["", ...lines] : lines;
    if (kind === "dashboard") return status === "changed" ? rest.map((line) => `  ${line}`) : [mark(first!)];
    const head = [nounOf(one), title].filter(Boolean).join(" ");
    return [`${mark(head)}${first && ` ${first}`}`, ...rest.map((line) => `      ${line}`)];
  };
  const section = (one: Section) => {
    const title = one.kind === "dashboard" ? `Dashboard “${dashboardTitle(one)}”${secondWord(one.apart)}` : one.title;
    return ["", colors.bold(title), ...one.subjects.flatMap(subject)];
  };
  const head = `${plural(countChanges(report), "change")} from ${printable(from)} to ${printable(to)}`;
  return `${[head, ...report.flatMap(section)].join("\n")}\n`;
}

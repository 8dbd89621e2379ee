import type { createColors } from "picocolors";
import { plural, printable } from "../../../core/printable.ts";
import type { Detail } from "../compare/detail.ts";
import { countChanges, type Report, type Section, type Subject } from "../compare/report.ts";
import { arrival, nothing, nounOf, type Part, secondWord, sentence, titleOf } from "./phrases.ts";

type Colors = ReturnType<typeof createColors>;
const MARKS = { added: "+", removed: "-", changed: "~" } as const;

const quoted = ({ form, text }: Part) => (form === "text" || form === "name" ? `“${text}”` : text);

/** Lines for a terminal: a heading per dashboard, a mark per thing, its changes below. */
export function terminal(report: Report, from: string, to: string, colors: Colors): string {
  if (report.length === 0) return `${nothing(from, to)}\n`;
  const paint = { added: colors.green, removed: colors.red, changed: colors.yellow };
  const part = (piece: Part) =>
    piece.as === "before" ? colors.red(quoted(piece)) : piece.as === "after" ? colors.green(quoted(piece)) : piece.text;
  const detail = (one: Detail) => sentence(one).parts.map(part).join("");
  const subject = (one: Subject): readonly string[] => {
    const { status, kind, details, effects } = one;
    const title = [
      nounOf(one),
      kind === "loki" || kind === "promtail" ? titleOf(one) : `“${titleOf(one)}”${secondWord(one.apart)}`,
    ]
      .filter((text) => text !== "")
      .join(" ");
    const below = [...details.map(detail), ...effects.map((effect) => `effect: ${printable(effect)}`)];
    if (kind === "dashboard")
      return status === "changed"
        ? below.map((line) => `  ${line}`)
        : [paint[status](`  ${MARKS[status]} ${arrival(one)}`)];
    return [
      `  ${paint[status](`${MARKS[status]} ${title}`)}${status === "changed" ? "" : ` ${arrival(one)}`}`,
      ...below.map((line) => `      ${line}`),
    ];
  };
  const section = ({ kind, title, apart, subjects }: Section) => [
    "",
    colors.bold(
      kind === "dashboard" ? `Dashboard “${titleOf({ title, id: subjects[0]?.id })}”${secondWord(apart)}` : title,
    ),
    ...subjects.flatMap(subject),
  ];
  const head = `${plural(countChanges(report), "change")} from ${printable(from)} to ${printable(to)}`;
  return `${[head, ...report.flatMap(section)].join("\n")}\n`;
}

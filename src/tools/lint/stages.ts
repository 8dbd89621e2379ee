import type { LabelFilter, LogQuery, Matcher, Span, Stage } from "../../logql/ast.ts";

export type Condition = Extract<Stage, { kind: "labelFilter" }>;

const PARSERS: ReadonlySet<string> = new Set(["json", "logfmt", "pattern", "regexp", "unpack"]);
const REWRITES: ReadonlySet<string> = new Set(["lineFormat", "decolorize", "unpack"]);

export const isParser = ({ kind }: Stage): boolean => PARSERS.has(kind);
export const isCondition = (stage: Stage): stage is Condition => stage.kind === "labelFilter";
/** Whether a stage gives the line a new text. */
export const rewrites = ({ kind }: Stage): boolean => REWRITES.has(kind);

/** The parts of a label filter, and what joins them. */
function partsOf(filter: LabelFilter): readonly LabelFilter[] {
  const found: LabelFilter[] = [];
  const open: LabelFilter[] = [filter];
  for (let part = open.pop(); part; part = open.pop()) {
    found.push(part);
    if ("left" in part) open.push(part.right, part.left);
  }
  return found;
}

/** The matchers of a label filter. */
export const matchersOf = (filter: LabelFilter): readonly Matcher[] =>
  partsOf(filter).flatMap((part) => (part.kind === "match" ? [part.matcher] : []));
/** The labels that a label filter compares with a number, a duration, a size or an address. */
export const comparedIn = (filter: LabelFilter): readonly string[] =>
  partsOf(filter).flatMap((part) => ("label" in part ? [part.label] : []));
/** Whether an `or` stands in a label filter. */
export const hasAlternatives = (filter: LabelFilter): boolean => partsOf(filter).some(({ kind }) => kind === "or");

/** The stream selector of a log query: its braces. */
export function selectorOf({ span, matchers }: LogQuery, text: string): Span {
  const from = span?.from ?? 0;
  const last = matchers.at(-1)?.span?.to ?? from;
  return { from, to: text.indexOf("}", last) + 1 };
}

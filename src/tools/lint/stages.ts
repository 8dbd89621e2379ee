import type { LabelFilter, LogQuery, Matcher, Span, Stage } from "../../logql/ast.ts";

type Parser = Extract<Stage, { kind: "json" | "logfmt" | "pattern" | "regexp" | "unpack" }>;
export type Condition = Extract<Stage, { kind: "labelFilter" }>;

const PARSERS: ReadonlySet<string> = new Set(["json", "logfmt", "pattern", "regexp", "unpack"]);
const REWRITES: ReadonlySet<string> = new Set(["lineFormat", "decolorize", "unpack"]);

export const isParser = (stage: Stage): stage is Parser => PARSERS.has(stage.kind);
export const isCondition = (stage: Stage): stage is Condition => stage.kind === "labelFilter";
/** Whether a stage gives the line a new text. */
export const rewrites = ({ kind }: Stage): boolean => REWRITES.has(kind);

type Part = Extract<LabelFilter, { kind: "match" }> | Exclude<LabelFilter, { kind: "match" | "and" | "or" }>;

/** The parts of a label filter, without what joins them. */
function partsOf(filter: LabelFilter): readonly Part[] {
  const found: Part[] = [];
  const open: LabelFilter[] = [filter];
  for (let part = open.pop(); part; part = open.pop()) {
    if ("left" in part) open.push(part.right, part.left);
    else found.push(part);
  }
  return found;
}

/** The matchers of a label filter. */
export const matchersOf = (filter: LabelFilter): readonly Matcher[] =>
  partsOf(filter).flatMap((part) => (part.kind === "match" ? [part.matcher] : []));
/** The labels that a label filter compares with a number, a duration, a size or an address. */
export const comparedIn = (filter: LabelFilter): readonly string[] =>
  partsOf(filter).flatMap((part) => (part.kind === "match" ? [] : [part.label]));

/** Whether an `or` stands in a label filter. */
export function hasAlternatives(filter: LabelFilter): boolean {
  const open: LabelFilter[] = [filter];
  for (let part = open.pop(); part; part = open.pop()) {
    if (part.kind === "or") return true;
    if (part.kind === "and") open.push(part.right, part.left);
  }
  return false;
}

/** The stream selector of a log query: its braces. */
export function selectorOf({ span, matchers }: LogQuery, text: string): Span {
  const from = span?.from ?? 0;
  const last = matchers.at(-1)?.span?.to ?? from;
  return { from, to: text.indexOf("}", last) + 1 };
}

import type { Query, Span } from "../../logql/ast.ts";
import type { About, Fault } from "./finding.ts";
import type { Parsed } from "./parse.ts";

/** A query with all that a rule may look at; `delay`: seconds from a line's writing to Loki answering with it. */
export type Subject = Parsed & Readonly<{ about: About; delay: number }>;

/** A rule of thumb: its name, why it holds, and what it has against a query; places are those of the filled text. */
export type Rule = Readonly<{ name: string; reason: string; check: (subject: Subject) => readonly Fault[] }>;

type Structural = Omit<Rule, "check"> & Readonly<{ check: (query: Query, subject: Subject) => readonly Fault[] }>;
/** A rule that needs the query's structure, and so says nothing about one that does not parse. */
export const structural = ({ check, ...rule }: Structural): Rule => ({
  ...rule,
  check: (subject) => (subject.query ? check(subject.query, subject) : []),
});

type Spanned = Readonly<{ span?: Span }>;
/** Where a node of a parsed query stands. */
export const placeOf = ({ span }: Spanned): Span => span ?? { from: 0, to: 0 };

/** Whether a variable stands in that part of the query. */
export function hasVariable({ filled }: Subject, node: Spanned): boolean {
  const { from, to } = placeOf(node);
  return filled.placeholders.some((placeholder) => placeholder.filled.from < to && placeholder.filled.to > from);
}

/** A text on one line of at most 60 characters. */
export const shortened = (text: string) => {
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
};

/** A part of the query as its author wrote it, shortened for a message. */
export function excerpt({ text, filled }: Subject, node: Spanned): string {
  const { from, to } = filled.originalSpan(placeOf(node));
  return shortened(text.slice(from, to));
}

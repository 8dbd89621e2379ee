import type { About, Fault } from "./finding.ts";
import type { Query } from "./model.ts";
import type { Parsed } from "./parse.ts";

/** A query with everything that a rule may look at; `delay` is the seconds from a line's writing to Loki answering with it. */
export type Subject = Parsed & Readonly<{ about: About; delay: number }>;

/** A rule of thumb: its name, why it holds, and what it has against a query. */
export type Rule = Readonly<{ name: string; reason: string; check: (subject: Subject) => readonly Fault[] }>;

/** A rule that needs the query's structure, and so says nothing about one that does not parse. */
export const structural = (name: string, reason: string, check: (query: Query, subject: Subject) => readonly Fault[]): Rule => ({
  name,
  reason,
  check: (subject) => (subject.query ? check(subject.query, subject) : []),
});

/** Whether a variable stands in that part of the query. */
export const hasVariable = ({ variables }: Subject, { from, to }: Readonly<{ from: number; to: number }>): boolean =>
  variables.some((variable) => variable.from < to && variable.to > from);

/** A part of the query as its author wrote it, shortened for a message. */
export function excerpt(text: string, { from, to }: Readonly<{ from: number; to: number }>): string {
  const line = text.slice(from, to).replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

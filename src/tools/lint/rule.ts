import { type LogQuery, logsOf, type Metric, nodes, type Query, rangesOf, type Span } from "../../logql/ast.ts";
import type { About, Fault } from "./finding.ts";
import type { Parsed } from "./parse.ts";

/** A query with all that a rule may look at; `delay`: seconds from a line's writing to Loki answering with it. */
export type Subject = Parsed & Readonly<{ about: About; delay: number }>;

/** A rule of thumb: its name, why it holds, and what it has against a query; places are those of the filled text. */
export type Rule = Readonly<{ name: string; reason: string; check: (subject: Subject) => readonly Fault[] }>;

type Spanned = Readonly<{ span?: Span }>;
/** Where a node of a parsed query stands. */
export const placeOf = ({ span }: Spanned): Span => span ?? { from: 0, to: 0 };

/** What a rule has against a part of a query. */
type Blame = Omit<Fault, "offset"> & Readonly<{ at: Spanned }>;
type Read = Subject & Readonly<{ query: Query }>;
type Structural<Part> = Omit<Rule, "check"> &
  Readonly<{ check: (part: Part, subject: Read) => Blame | readonly Blame[] | undefined }>;

/** A rule about the structure of a query, held against some of its parts; it says nothing where one does not parse. */
const about =
  <Part>(partsOf: (query: Query) => readonly Part[]) =>
  ({ check, ...rule }: Structural<Part>): Rule => ({
    ...rule,
    check: ({ query, ...subject }) =>
      (query ? partsOf(query) : [])
        .flatMap((part) => check(part, { ...subject, query: query! }) ?? [])
        .map(({ at, ...words }) => ({ offset: placeOf(at).from, ...words })),
  });
export const aboutQuery = about((query) => [query]);
export const aboutRanges = about(rangesOf);
export const aboutLogs = about<LogQuery>(logsOf);
/** The nodes of a metric; a log query has none. */
export const nodesOf = (query: Query): readonly Metric[] => (query.kind === "logs" ? [] : nodes(query));
export const aboutNodes = about(nodesOf);

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

import type { Field, LabelChoice, LabelFormat, LineFilter, LogQuery, Matcher, Needle, Stage } from "../ast.ts";
import { isConversion, isLineFilterOp, isMatchOp } from "../names.ts";
import type { Cursor } from "./cursor.ts";
import { ipCall, labelFilter, matcher } from "./filters.ts";

/** What is between `{` and `}`. */
export const selector = (cursor: Cursor): readonly Matcher[] => cursor.list("{}", () => matcher(cursor));

/** A stream selector with its pipeline; `unwrap` is allowed only where a window follows. */
export function logQuery(cursor: Cursor): LogQuery {
  const from = cursor.peek().from;
  const matchers = selector(cursor);
  return { kind: "logs", matchers, stages: pipeline(cursor, "log"), span: cursor.span(from) };
}

/** The stages from here on. */
export function pipeline(cursor: Cursor, inside: "log" | "range"): readonly Stage[] {
  const stages: Stage[] = [];
  let unwrapped = false;
  for (;;) {
    const { kind, text } = cursor.peek();
    if (kind === "keyword" && isLineFilterOp(text) && !unwrapped) stages.push(lineFilter(cursor, text));
    else if (cursor.accept("|")) stages.push(unwrapped ? filterStage(cursor) : piped(cursor, inside));
    else return stages;
    unwrapped ||= stages.at(-1)!.kind === "unwrap";
  }
}

function filterStage(cursor: Cursor): Stage {
  const { from } = cursor.peek();
  return { kind: "labelFilter", filter: labelFilter(cursor), span: cursor.span(from) };
}

function lineFilter(cursor: Cursor, op: LineFilter["op"]): LineFilter {
  const { from } = cursor.next();
  const alternatives: Needle[] = [needle(cursor)];
  while (cursor.accept("or")) alternatives.push(needle(cursor));
  return { kind: "lineFilter", op, alternatives, span: cursor.span(from) };
}

function needle(cursor: Cursor): Needle {
  const { kind, text } = cursor.peek();
  if (kind === "function" && text === "ip") return { value: ipCall(cursor), ip: true };
  return { value: cursor.take("string", "ip").text };
}

function piped(cursor: Cursor, inside: "log" | "range"): Stage {
  const { from, kind, text } = cursor.peek();
  if (kind !== "keyword" || text === "(") return filterStage(cursor);
  const read = stages[text];
  if (!read) return cursor.unexpected("a label", "a stage such as json, logfmt or line_format");
  if (text === "unwrap" && inside === "log")
    return cursor.unexpected("a stage that gives lines", "a window around it, as in sum_over_time(… | unwrap x [5m])");
  cursor.next();
  return { ...read(cursor), span: cursor.span(from) };
}

const stages: Readonly<Record<string, (cursor: Cursor) => Stage>> = {
  json: (cursor) => ({ kind: "json", fields: fields(cursor) }),
  logfmt(cursor) {
    const flags: string[] = [];
    while (cursor.peek().kind === "flag") flags.push(cursor.next().text);
    const [strict, keepEmpty] = [flags.includes("--strict"), flags.includes("--keep-empty")];
    return { kind: "logfmt", strict, keepEmpty, fields: fields(cursor) };
  },
  pattern: (cursor) => ({ kind: "pattern", value: cursor.take("string").text }),
  regexp: (cursor) => ({ kind: "regexp", value: cursor.take("string").text }),
  unpack: () => ({ kind: "unpack" }),
  decolorize: () => ({ kind: "decolorize" }),
  line_format: (cursor) => ({ kind: "lineFormat", template: cursor.take("string").text }),
  label_format: (cursor) => ({ kind: "labelFormat", formats: separated(cursor, labelFormat) }),
  keep: (cursor) => ({ kind: "keep", labels: separated(cursor, labelChoice) }),
  drop: (cursor) => ({ kind: "drop", labels: separated(cursor, labelChoice) }),
  unwrap(cursor) {
    const { kind, text } = cursor.peek();
    if (kind !== "function" || !isConversion(text)) return { kind: "unwrap", label: cursor.take("identifier").text };
    cursor.next();
    cursor.expect("(");
    const label = cursor.take("identifier").text;
    cursor.expect(")");
    return { kind: "unwrap", label, conversion: text };
  },
};

function separated<T>(cursor: Cursor, read: (cursor: Cursor) => T): readonly T[] {
  const items = [read(cursor)];
  while (cursor.accept(",")) items.push(read(cursor));
  return items;
}

const fields = (cursor: Cursor): readonly Field[] =>
  cursor.peek().kind === "identifier" ? separated(cursor, field) : [];

function field(cursor: Cursor): Field {
  const { text: name } = cursor.take("identifier");
  return { name, path: cursor.accept("=") ? cursor.take("string").text : name };
}

function labelFormat(cursor: Cursor): LabelFormat {
  const { text: name } = cursor.take("identifier");
  cursor.expect("=");
  if (cursor.peek().kind === "string") return { name, template: cursor.next().text };
  return { name, from: cursor.take("identifier", "STRING").text };
}

function labelChoice(cursor: Cursor): LabelChoice {
  const { kind, text } = cursor.peek(1);
  return kind === "keyword" && isMatchOp(text) ? matcher(cursor) : cursor.take("identifier").text;
}

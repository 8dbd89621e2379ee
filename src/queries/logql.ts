import type { RejectField } from "../core/record/rejects.ts";
import type { Duration, Quantity, Unit } from "../core/units.ts";
import type { LabelFilter, Duration as Window } from "../logql/ast.ts";
import type { BinaryOp, RangeFunction } from "../logql/names.ts";
import type { Column, LabelName, LabelValue, Measure } from "../schema.ts";
import type { Logs, Matcher, Metric, Mode, Node, PanelRange, Range, Stage } from "./ast.ts";

/** Where and over which window a query looks: a rule's is literal, a panel's follows the dashboard. */
export type Context<M extends Mode = Mode> = Readonly<{ range: Range; scope: readonly Matcher<M>[]; mode: M }>;

/** A rule looks at everything, over a literal window. */
export const over = ({ value }: Duration): Context<"literal"> => ({ range: value, scope: [], mode: "literal" });

const regexEscape = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
const alternatives = (values: readonly string[]) => values.map(regexEscape).join("|");

const anyOf =
  (op: "=~" | "!~") =>
  <L extends LabelName>(label: L, values: readonly LabelValue<L>[]): Matcher<"literal"> => ({
    label,
    op,
    value: alternatives(values),
    mode: "literal",
  });
/** A label equal to one value. */
export const equals = <L extends LabelName>(label: L, value: LabelValue<L>): Matcher<"literal"> => ({
  label,
  op: "=",
  value,
  mode: "literal",
});
/** A label equal to any of these values. */
export const oneOf = anyOf("=~");
/** A label equal to none of these values; a line without the label does not match an empty list. */
export const noneOf = anyOf("!~");
/** A label equal to any of a dashboard variable's values; the variable has the label's name. */
export const chosen = (label: LabelName): Matcher<"variable"> => ({
  label,
  op: "=~",
  value: `$${label}`,
  mode: "variable",
});

/** Follows the dashboard's variables, over the step (`$__auto`), the whole range (`$__range`) or a literal window. */
export const panel = (range: PanelRange | Duration, scope: readonly Matcher<"variable">[]): Context<"variable"> => ({
  range: typeof range === "string" ? range : range.value,
  scope,
  mode: "variable",
});

/** The lines of the streams that match, through the stages in order. */
export const logs = <M extends Mode>(
  { scope, mode }: Pick<Context<M>, "scope" | "mode">,
  matchers: readonly Matcher<"literal">[],
  ...stages: readonly Stage[]
): Logs<M> => ({ kind: "logs", matchers: [...matchers, ...scope], stages, mode });

const absentLabel = (name: string) => ({ label: name, op: "=" as const, value: "" });
type LabelMatcher = Extract<LabelFilter, { kind: "match" }>["matcher"];
const filter = (matcher: LabelMatcher): Stage => ({ kind: "labelFilter", filter: { kind: "match", matcher } });

/** Reads just these fields of a reject. */
export const rejectJson = (...fields: readonly RejectField[]): Stage => fieldsOf(fields);
const fieldsOf = (names: readonly string[]): Stage => ({
  kind: "json",
  fields: names.map((name) => ({ name, path: name })),
});
/** Reads just these fields of the line, as labels of the result. */
export const json = (...fields: readonly Column[]): Stage => fieldsOf(fields.map(({ name }) => name));
/** Keeps the rejects of which a field, read before, starts with one of these texts. */
export const startsWith = (name: RejectField, ...starts: readonly string[]): Stage =>
  filter({ label: name, op: "=~", value: `(${alternatives(starts)}).*` });
/** Leaves out fields that the line does not have: Loki gives them as empty text, which a table would show as 0. */
export const dropEmpty = (...fields: readonly Column[]): Stage => ({
  kind: "drop",
  labels: fields.map(({ name }) => absentLabel(name)),
});
/** Gives the whole line as a field to the lines of one state; the others do not have it. */
export const lineOf = (etat: LabelValue<"etat">, name: string): readonly Stage[] => [
  { kind: "labelFormat", formats: [{ name, template: `{{ if eq .etat "${etat}" }}{{ __line__ }}{{ end }}` }] },
  { kind: "drop", labels: [absentLabel(name)] },
];
/** Keeps the lines of which a field, read before, is this text. */
export const same = ({ name }: Extract<Column, { kind: "text" }>, value: string): Stage =>
  filter({ label: name, op: "=", value });
const FOUND = "trouve";
/**
 * Keeps the lines that contain the text of a dashboard's text box, whatever its case.
 * Grafana percent-encodes the text, so that no quote, backquote or backslash in it can end the query's string.
 */
export function search(variable: string): readonly Stage[] {
  const template = `{{ contains ("\${${variable}:percentencode}" | urldecode | lower) (__line__ | lower) }}`;
  return [
    { kind: "labelFormat", formats: [{ name: FOUND, template }] },
    filter({ label: FOUND, op: "=", value: "true" }),
    { kind: "drop", labels: [FOUND] },
  ];
}
/** Takes a label's number as the line's value, and leaves out the lines where it is none. */
const unwrap = (label: string): readonly Stage[] => [{ kind: "unwrap", label }, filter(absentLabel("__error__"))];

const windowOf = (range: Range): Window => (typeof range === "number" ? range * 1e9 : range);
type Over = Readonly<{ range: Range; by?: readonly LabelName[]; param?: number }>;
const range = (fn: RangeFunction, of: Logs, { range: window, by, param }: Over): Node => ({
  kind: "range",
  fn,
  logs: of,
  window: windowOf(window),
  ...(by && { grouping: { kind: "by", labels: by } }),
  ...(param !== undefined && { param }),
});
const sumOf = (by: readonly LabelName[], of: Node): Node => ({
  kind: "vector",
  fn: "sum",
  ...(by.length > 0 && { grouping: { kind: "by", labels: by } }),
  of,
});
const metric = <U extends Unit, M extends Mode>(
  node: Node,
  { unit, by, mode }: Omit<Metric<U, M>, "kind" | "node">,
): Metric<U, M> => ({ kind: "metric", node, unit, by, mode });

const nodeOf = (side: Node | number): Node => (typeof side === "number" ? { kind: "number", value: side } : side);
const pair = (op: BinaryOp, left: Node | number, { right }: Readonly<{ right: Node | number }>): Node => ({
  kind: "binary",
  op,
  left: nodeOf(left),
  right: nodeOf(right),
});

/** A window and scope, and the labels of the result. */
type By<M extends Mode> = Context<M> & Readonly<{ by: readonly LabelName[] }>;

/** Lines in the window, summed by the given labels; no series where there is no line. */
export const count = <M extends Mode>(of: Logs<M>, { range: window, by }: By<M>): Metric<"locale", M> =>
  metric(sumOf(by, range("count_over_time", of, { range: window })), { unit: "locale", by, mode: of.mode });

/** Lines per second, summed by the given labels. */
export const rate = <M extends Mode>(of: Logs<M>, { range: window, by }: By<M>): Metric<"short", M> =>
  metric(sumOf(by, range("rate", of, { range: window })), { unit: "short", by, mode: of.mode });

const through = (of: Logs, ...stages: readonly Stage[]): Logs => ({ ...of, stages: [...of.stages, ...stages] });
const unwrapped = (of: Logs, field: Measure): Logs => through(of, json(field), ...unwrap(field.name));

/** The largest value of a measure, by the given labels; lines without the measure give no sample. */
export const max = <U extends Unit, M extends Mode>(of: Logs<M>, field: Measure<U>, at: By<M>): Metric<U, M> =>
  metric(range("max_over_time", unwrapped(of, field as Measure), at), { ...at, unit: field.unit as U });

/** The mean of a measure, by the given labels; lines without the measure give no sample. */
export const average = <U extends Unit, M extends Mode>(of: Logs<M>, field: Measure<U>, at: By<M>): Metric<U, M> => {
  // Loki 3.7 computes a grouped mean as sum ÷ count, and counts lines without the measure too: leave them out first.
  const { name } = field as Measure;
  const measured = through(of, json(field as Measure), filter({ label: name, op: "!=", value: "" }), ...unwrap(name));
  return metric(range("avg_over_time", measured, at), { ...at, unit: field.unit as U });
};

/** The real quantile (0 to 1) of a measure, by the given labels. */
export const quantile = <U extends Unit, M extends Mode>(
  of: Logs<M>,
  field: Measure<U>,
  { q, ...at }: By<M> & Readonly<{ q: number }>,
): Metric<U, M> =>
  metric(range("quantile_over_time", unwrapped(of, field as Measure), { ...at, param: q }), {
    ...at,
    unit: field.unit,
  });

// biome-ignore lint/suspicious/noTemplateCurlyInString: a Grafana variable, milliseconds since 1970
const rangeEnd: Node = { kind: "variable", name: "${__to}" };

/** Seconds from the last line of the window to the end of the dashboard's range, by the given labels. */
export const age = (of: Logs<"variable">, at: By<"variable">): Metric<"s", "variable"> => {
  const formats = [{ name: "ts", template: "{{ __timestamp__ | unixEpochMillis }}" }];
  const stamped = through(of, { kind: "labelFormat", formats }, ...unwrap("ts"));
  const elapsed = pair("-", rangeEnd, { right: range("max_over_time", stamped, at) });
  return metric(pair("/", elapsed, { right: 1000 }), { ...at, unit: "s" });
};

/** The given quantity when no line came in the window; keeps the labels that the selector fixes by `=`. */
export const absent = <U extends Unit, M extends Mode>(
  of: Logs<M>,
  at: Context<M>,
  { value, unit }: Quantity<U>,
): Metric<U, M> =>
  metric(pair("*", range("absent_over_time", of, { range: at.range }), { right: value }), {
    unit,
    by: [],
    mode: of.mode,
  });

const binary =
  (op: BinaryOp) =>
  <U extends Unit, M extends Mode>(left: Metric<U, M>, right: Metric<U, M>): Metric<U, M> =>
    metric(pair(op, left.node, { right: right.node }), left);

/** The series of both; where both have one, the left. */
export const or = binary("or");
/** The series of the left that the right does not have. */
export const unless = binary("unless");
/** The share of one count in another, as a ratio. */
export const ratio = <M extends Mode>(
  part: Metric<"locale", M>,
  whole: Metric<"locale", M>,
): Metric<"percentunit", M> => metric(pair("/", part.node, { right: whole.node }), { ...part, unit: "percentunit" });
/** What a ratio leaves of 1. */
export const complement = <M extends Mode>(of: Metric<"percentunit", M>): Metric<"percentunit", M> =>
  metric(pair("-", 1, { right: of.node }), of);
/** A metric multiplied by a plain number. */
export const times = <U extends Unit, M extends Mode>(of: Metric<U, M>, factor: number): Metric<U, M> =>
  metric(pair("*", of.node, { right: factor }), of);
/** The series of a metric, each with one given value. */
export const valued = <U extends Unit, M extends Mode>(
  of: Metric<Unit, M>,
  { value, unit }: Quantity<U>,
): Metric<U, M> => metric(pair("+", times(of, 0).node, { right: value }), { ...of, unit });
/** 0 for every series of `like` that a metric lacks. */
export const orZeroOf = <U extends Unit, M extends Mode>(of: Metric<U, M>, like: Metric<Unit, M>): Metric<U, M> =>
  or(of, { ...times(like, 0), unit: of.unit });
/** 0 when a total has no series at all; only for a metric without labels. */
export const orZero = <U extends Unit, M extends Mode>(of: Metric<U, M>): Metric<U, M> =>
  or(of, metric({ kind: "scalarVector", value: 0 }, { ...of, by: [] }));
/** One series for each value of the labels, whatever other labels the parts had. */
export const sum = <U extends Unit, M extends Mode>(of: Metric<U, M>, by: readonly LabelName[]): Metric<U, M> =>
  metric(sumOf(by, of.node), { ...of, by });

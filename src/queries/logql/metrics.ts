import type { Quantity, Unit } from "../../core/units.ts";
import type { Duration as Window } from "../../logql/ast.ts";
import type { BinaryOp, RangeFunction } from "../../logql/names.ts";
import type { LabelName, Measure } from "../../schema.ts";
import type { Logs, Metric, Mode, Node, Range } from "../ast.ts";
import { type Context, filter, json, through, unwrap } from "./logs.ts";

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

const summed =
  <U extends Unit>(fn: RangeFunction, unit: U) =>
  <M extends Mode>(of: Logs<M>, { range: window, by, mode }: By<M>): Metric<U, M> =>
    metric(sumOf(by, range(fn, of, { range: window })), { unit, by, mode });
/** Lines in the window, summed by the given labels; no series where there is no line. */
export const count = summed("count_over_time", "locale");
/** Lines per second, summed by the given labels. */
export const rate = summed("rate", "short");

const unwrapped = (of: Logs, field: Measure): Logs => through(of, json(field), ...unwrap(field.name));

/** The largest value of a measure, by the given labels; lines without the measure give no sample. */
export const max = <U extends Unit, M extends Mode>(of: Logs<M>, field: Measure<U>, at: By<M>): Metric<U, M> =>
  metric(range("max_over_time", unwrapped(of, field), at), { ...at, unit: field.unit });

/** The mean of a measure, by the given labels; lines without the measure give no sample. */
export const average = <U extends Unit, M extends Mode>(of: Logs<M>, field: Measure<U>, at: By<M>): Metric<U, M> => {
  // Loki 3.7 computes a grouped mean as sum ÷ count, and counts lines without the measure too: leave them out first.
  const { name, unit } = field;
  const measured = through(of, json(field), filter({ label: name, op: "!=", value: "" }), ...unwrap(name));
  return metric(range("avg_over_time", measured, at), { ...at, unit });
};

/** The real quantile (0 to 1) of a measure, by the given labels. */
export const quantile = <U extends Unit, M extends Mode>(
  of: Logs<M>,
  field: Measure<U>,
  { q, ...at }: By<M> & Readonly<{ q: number }>,
): Metric<U, M> =>
  metric(range("quantile_over_time", unwrapped(of, field), { ...at, param: q }), { ...at, unit: field.unit });

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

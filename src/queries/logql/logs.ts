import type { RejectField } from "../../core/record/rejects.ts";
import type { Duration } from "../../core/units.ts";
import type { LabelFilter } from "../../logql/ast.ts";
import type { Column, LabelName, LabelValue } from "../../schema.ts";
import type { Logs, Matcher, Mode, PanelRange, Range, Stage } from "../ast.ts";

/** Where and over which window a query looks: a rule's is literal, a panel's follows the dashboard. */
export type Context<M extends Mode = Mode> = Readonly<{ range: Range; scope: readonly Matcher<M>[]; mode: M }>;

/** A rule looks at everything, over a literal window. */
export const over = ({ value }: Duration): Context<"literal"> => ({ range: value, scope: [], mode: "literal" });
/** Follows the dashboard's variables, over the step (`$__auto`), the whole range (`$__range`) or a literal window. */
export const panel = (range: PanelRange | Duration, scope: readonly Matcher<"variable">[]): Context<"variable"> => ({
  range: typeof range === "string" ? range : range.value,
  scope,
  mode: "variable",
});

/** A regular expression, of Go and of JavaScript, that a text alone matches. */
export const regexEscape = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
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

/** The lines of the streams that match, through the stages in order. */
export const logs = <M extends Mode>(
  { scope, mode }: Pick<Context<M>, "scope" | "mode">,
  matchers: readonly Matcher<"literal">[],
  ...stages: readonly Stage[]
): Logs<M> => ({ kind: "logs", matchers: [...matchers, ...scope], stages, mode });
/** The same lines, through more stages. */
export const through = (of: Logs, ...stages: readonly Stage[]): Logs => ({ ...of, stages: [...of.stages, ...stages] });

const absentLabel = (name: string) => ({ label: name, op: "=" as const, value: "" });
/** Keeps the lines of which a label, or a field read before, matches. */
export const filter = (matcher: Extract<LabelFilter, { kind: "match" }>["matcher"]): Stage => ({
  kind: "labelFilter",
  filter: { kind: "match", matcher },
});
const fieldsOf = (names: readonly string[]): Stage => ({
  kind: "json",
  fields: names.map((name) => ({ name, path: name })),
});
/** Reads just these fields of the line, as labels of the result. */
export const json = (...fields: readonly Column[]): Stage => fieldsOf(fields.map(({ name }) => name));
/** Reads just these fields of a reject. */
export const rejectJson = (...fields: readonly RejectField[]): Stage => fieldsOf(fields);
/** Keeps the rejects of which a field, read before, starts with one of these texts. */
export const startsWith = (name: RejectField, ...starts: readonly string[]): Stage =>
  filter({ label: name, op: "=~", value: `(${alternatives(starts)}).*` });
/** Keeps the lines of which a field, read before, is this text. */
export const same = ({ name }: Extract<Column, { kind: "text" }>, value: string): Stage =>
  filter({ label: name, op: "=", value });
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
export const unwrap = (label: string): readonly Stage[] => [
  { kind: "unwrap", label },
  filter(absentLabel("__error__")),
];

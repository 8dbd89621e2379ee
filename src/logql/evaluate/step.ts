import { kept } from "../../core/kept.ts";
import type { Field } from "../ast.ts";
import type { Hints } from "./hints.ts";
import type { LineLabels } from "./labels.ts";

/** A stage on one line: the line as it goes on, or undefined where it is filtered out. */
export type Step = (line: string, labels: LineLabels) => string | undefined;

/** Marks a line with what went wrong, as labels of its own. */
export function fail(labels: LineLabels, error: string, { details }: Readonly<{ details?: string }> = {}): void {
  labels.set("__error__", error);
  if (details !== undefined) labels.set("__error_details__", details);
}
export const hasError = (labels: LineLabels): boolean => (labels.get("__error__") ?? "") !== "";

const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;
export const isLabel = (name: string): boolean => LABEL.test(name);
/** A label name made of any text: what no label may hold becomes `_`. */
export const labelName = kept(10_000, (text): string => {
  if (isLabel(text)) return text;
  const safe = text.trim().replace(/[^A-Za-z0-9_]/gu, "_");
  return /^[0-9]/.test(safe) ? `_${safe}` : safe;
});

/** A name that does not hide a label of the stream. */
export const own = (name: string, labels: LineLabels) => (labels.isOfStream(name) ? `${name}_extracted` : name);

export type Context = Readonly<{ labels: LineLabels; hints: Hints }>;
/** Sets a label that a parser read; tells whether the parser may stop. */
export function put(name: string, value: string, { labels, hints }: Context): "stop" | "mismatch" | undefined {
  labels.set(name, value);
  if (!hints.took(name, labels)) return "mismatch";
  return hints.complete() ? "stop" : undefined;
}

/** A label that was asked for and not found is empty. */
export function emptyWhereAbsent(fields: readonly Field[], labels: LineLabels): void {
  for (const { name } of fields) {
    const label = own(name, labels);
    if (labels.get(label) === undefined) labels.set(label, "");
  }
}

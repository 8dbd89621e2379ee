import type { LogqlError } from "../../../logql/errors.ts";
import { UNFILLED } from "../../../logql/variables.ts";
import type { Fault } from "../finding.ts";
import type { Parsed } from "../parse.ts";
import { type Rule, shortened } from "../rule.ts";

/** Loki's names for what it expected, in words. */
const WORDS: Readonly<Record<string, string>> = {
  RANGE: "a window, as [5m]",
  STRING: 'a text in quotes, as "x"',
  IDENTIFIER: "the name of a label",
  NUMBER: "a number",
  DURATION: "a duration, as 5m",
  BYTES: "a size, as 5KB",
};
const word = (name: string) => WORDS[name] ?? (name.includes(" ") ? name : JSON.stringify(name));
const MANUAL = "mend it there; Loki's documentation of queries says what it reads";
const NUMBERS = /^__(?:interval|range)_m?s$/;

function suggestionOf({ expected }: LogqlError): string {
  if (expected.length === 0) return MANUAL;
  return `write ${expected.map(word).join(" or ")} there`;
}

/** Whether a variable's value might mend a refusal: outside strings it can hold any piece, in a window any duration. */
function mayBeRight({ refused, filled: { text, placeholders } }: Parsed): boolean {
  const offset = refused!.offset;
  const window = text[offset] === "[" ? text.slice(offset, text.indexOf("]", offset)).length : 0;
  return placeholders.some(({ place, name, filled }) => {
    if (place === "bare") return !NUMBERS.test(name);
    return place === "range" && filled.from >= offset && filled.from < offset + window;
  });
}

function faultOf(parsed: Parsed): Fault | undefined {
  const { refused, filled } = parsed;
  if (!refused) return undefined;
  const unfilled = filled.placeholders.find(({ name, place }) => name === UNFILLED && place !== "string");
  if (unfilled) {
    const offset = unfilled.filled.from;
    return {
      offset,
      message: "nobody fills in $__rate_interval over Loki",
      suggestion: "write $__auto in a panel, a duration in a rule",
    };
  }
  if (mayBeRight(parsed)) return undefined;
  const { offset, reason } = refused;
  const rest = parsed.text.slice(filled.original(offset));
  const near = rest.trim() === "" ? "at its end" : `near ${JSON.stringify(shortened(rest.slice(0, 30)))}`;
  return {
    offset,
    message: `Loki refuses the query ${near}: ${reason.replace(/^syntax error: /, "")}`,
    suggestion: suggestionOf(refused),
  };
}

export const syntax: Rule = {
  name: "syntax",
  reason: "A query that Loki cannot read is an empty panel or a rule that never fires.",
  check: (subject) => {
    const fault = faultOf(subject);
    // A variable may draw its values from all streams.
    const whole =
      subject.about.role === "variable" && /^queries require at least one/.test(subject.refused?.reason ?? "");
    return fault && !whole ? [fault] : [];
  },
};

import type { LabelFilter, LineFilter, Matcher } from "../ast.ts";
import type { CompareOp } from "../names.ts";
import { regex, wholeText } from "../regex.ts";
import { durationProblem } from "../template/time/duration.ts";
import { bytesFault, numberFault, parseBytes, parseFloat64, parseGoDuration } from "../units.ts";
import { addressInLine } from "./ip.ts";
import type { LineLabels } from "./labels.ts";
import { parsePattern, patternTest } from "./pattern.ts";
import { fail, hasError } from "./step.ts";

/** Whether each comparison holds. */
export const comparisons: Readonly<Record<CompareOp, (a: number, b: number) => boolean>> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
};

/** A test of a label's text, empty where the label is absent. */
export function matcherTest({ op, value }: Pick<Matcher, "op" | "value">): (text: string) => boolean {
  if (op === "=") return (text) => text === value;
  if (op === "!=") return (text) => text !== value;
  const whole = wholeText(value);
  return op === "=~" ? whole : (text) => !whole(text);
}

const needleTests: Readonly<Record<string, (value: string) => (line: string) => boolean>> = {
  "=": (value) => (line) => line.includes(value),
  "~": (value) => regex(value).test,
  ">": (value) => patternTest(parsePattern(value, "filter")),
};

/** A test of a line. */
export function lineTest({ op, alternatives }: LineFilter): (line: string) => boolean {
  const make = needleTests[op[1]!]!;
  const tests = alternatives.map(({ value, ip }) => (ip ? addressInLine(value) : make(value)));
  const [only] = tests;
  const any = tests.length === 1 ? only! : (line: string) => tests.some((test) => test(line));
  return op.startsWith("!") ? (line) => !any(line) : any;
}

/** How a label's text is read as a number, and what is wrong with one that cannot be. */
export const readers = {
  number: { read: parseFloat64, fault: numberFault },
  duration: { read: parseGoDuration, fault: durationProblem },
  bytes: { read: parseBytes, fault: bytesFault },
} as const;

/** A condition on a line's labels; a value that cannot be compared marks the line with an error and lets it pass. */
export function labelTest(filter: LabelFilter): (labels: LineLabels) => boolean {
  switch (filter.kind) {
    case "and":
    case "or": {
      const [left, right] = [labelTest(filter.left), labelTest(filter.right)];
      return filter.kind === "and"
        ? (labels) => left(labels) && right(labels)
        : (labels) => left(labels) || right(labels);
    }
    case "match": {
      const test = matcherTest(filter.matcher);
      const { label } = filter.matcher;
      return (labels) => test(labels.get(label) ?? "");
    }
    case "ip": {
      const test = addressInLine(filter.value);
      return (labels) => {
        if (hasError(labels)) return true;
        const text = labels.get(filter.label);
        return text !== undefined && test(text) === (filter.op === "=");
      };
    }
    default:
      return comparison(filter);
  }
}

type Comparison = Extract<LabelFilter, { kind: keyof typeof readers }>;
function comparison({ kind, label, op, value }: Comparison): (labels: LineLabels) => boolean {
  const { read, fault } = readers[kind];
  const holds = comparisons[op];
  return (labels) => {
    const text = labels.get(label);
    if (text === undefined) return false;
    if (hasError(labels)) return true;
    const found = read(text);
    if (found !== undefined) return holds(found, value);
    fail(labels, "LabelFilterErr", { details: fault(text) });
    return true;
  };
}

import type { CompareOp, LabelFilter, Matcher, MatchOp, Span } from "../ast.ts";
import type { Cursor } from "./cursor.ts";

export const matchOps = new Set(["=", "!=", "=~", "!~"]);
const compareOps = new Set(["==", "=", "!=", ">", ">=", "<", "<="]);

/** One matcher, such as `app=~"web|db"`. */
export function matcher(cursor: Cursor): Matcher {
  const label = cursor.take("identifier", "}");
  const op = cursor.peek();
  if (op.kind !== "keyword" || !matchOps.has(op.text)) return cursor.unexpected("=", "=~", "!~", "!=");
  cursor.next();
  const { text: value } = cursor.take("string");
  return { label: label.text, op: op.text as MatchOp, value, span: cursor.span(label.from) };
}

const startsFilter = (cursor: Cursor) => cursor.peek().kind === "identifier" || cursor.is("(");
const strengths: Readonly<Record<string, number>> = { or: 1, and: 2 };

/** Conditions joined by `and`, `or`, a comma or nothing; the last two take all that follows as their right side. */
export function labelFilter(cursor: Cursor, least = 1): LabelFilter {
  const from = cursor.peek().from;
  let left = atom(cursor);
  for (;;) {
    const { kind, text } = cursor.peek();
    const strength = kind === "keyword" ? strengths[text] : undefined;
    if (strength !== undefined && strength >= least) {
      cursor.next();
      left = { kind: text as "and" | "or", left, right: labelFilter(cursor, strength + 1), span: cursor.span(from) };
    } else if (cursor.accept(",") || (strength === undefined && startsFilter(cursor))) {
      left = joined(left, labelFilter(cursor), cursor.span(from));
    } else return left;
  }
}

/** A comma takes all that follows as its right side; `and` gives the same from left to right. */
function joined(left: LabelFilter, right: LabelFilter, span: Span): LabelFilter {
  if (right.kind !== "and") return { kind: "and", left, right, span };
  return { kind: "and", left: joined(left, right.left, span), right: right.right, span };
}

function atom(cursor: Cursor): LabelFilter {
  if (cursor.accept("(")) {
    const inner = labelFilter(cursor);
    cursor.expect(")");
    return inner;
  }
  const label = cursor.take("identifier", "(");
  const op = cursor.peek();
  if (op.kind !== "keyword" || !(matchOps.has(op.text) || compareOps.has(op.text)))
    return cursor.unexpected("=", "!=", "=~", "!~", "==", ">", ">=", "<", "<=");
  cursor.next();
  return condition(cursor, { label: label.text, op: op.text, from: label.from });
}

/** What may stand behind an operator. */
const operandsOf = (op: string) => [
  ...(matchOps.has(op) ? ["STRING"] : []),
  ...(compareOps.has(op) ? ["NUMBER", "DURATION", "BYTES"] : []),
];

type Compared = Readonly<{ label: string; op: string; from: number }>;
function condition(cursor: Cursor, { label, op, from }: Compared): LabelFilter {
  const operand = cursor.peek();
  if (operand.kind === "string" && matchOps.has(op)) {
    cursor.next();
    const span = cursor.span(from);
    return { kind: "match", matcher: { label, op: op as MatchOp, value: operand.text, span }, span };
  }
  if (operand.kind === "function" && operand.text === "ip" && (op === "=" || op === "!=")) {
    return { kind: "ip", label, op, value: ipCall(cursor), span: cursor.span(from) };
  }
  const isSigned = compareOps.has(op) && (cursor.is("-") || cursor.is("+"));
  const sign = isSigned ? cursor.next().text : "";
  const { kind, value } = cursor.peek();
  if (!compareOps.has(op) || !(kind === "number" || ((kind === "duration" || kind === "bytes") && sign !== "+")))
    return cursor.unexpected(...operandsOf(op));
  if (sign !== "" && kind !== "number") return cursor.unexpected("NUMBER");
  cursor.next();
  const compared = (op === "=" ? "==" : op) as CompareOp;
  return { kind, label, op: compared, value: sign === "-" ? -value! : value!, span: cursor.span(from) };
}

/** `ip("192.168.0.0/16")`. */
export function ipCall(cursor: Cursor): string {
  cursor.next();
  cursor.expect("(");
  const { text } = cursor.take("string");
  cursor.expect(")");
  return text;
}

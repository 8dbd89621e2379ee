import type { LabelFilter, Matcher, Span } from "../ast.ts";
import { isCompareOp, isMatchOp, strengths } from "../names.ts";
import type { Cursor } from "./cursor.ts";

/** A number may be compared by a single `=` too. */
const compares = (op: string) => op === "=" || isCompareOp(op);

/** One matcher, such as `app=~"web|db"`. */
export function matcher(cursor: Cursor): Matcher {
  const label = cursor.take("identifier", "}");
  const { kind, text: op } = cursor.peek();
  if (kind !== "keyword" || !isMatchOp(op)) return cursor.unexpected("=", "=~", "!~", "!=");
  cursor.next();
  const { text: value } = cursor.take("string");
  return { label: label.text, op, value, span: cursor.span(label.from) };
}

const startsFilter = (cursor: Cursor) => cursor.peek().kind === "identifier" || cursor.is("(");

/** Conditions joined by `and`, `or`, a comma or nothing; the last two take all that follows as their right side. */
export function labelFilter(cursor: Cursor, least = 1): LabelFilter {
  const from = cursor.peek().from;
  let left = atom(cursor);
  for (;;) {
    const { kind, text } = cursor.peek();
    const joins = kind === "keyword" && (text === "and" || text === "or");
    if (joins && strengths[text] >= least) {
      cursor.next();
      left = { kind: text, left, right: labelFilter(cursor, strengths[text] + 1), span: cursor.span(from) };
    } else if (cursor.accept(",") || (!joins && startsFilter(cursor))) {
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
  if (op.kind !== "keyword" || !(isMatchOp(op.text) || compares(op.text)))
    return cursor.unexpected("=", "!=", "=~", "!~", "==", ">", ">=", "<", "<=");
  cursor.next();
  return condition(cursor, { label: label.text, op: op.text, from: label.from });
}

/** What may stand behind an operator. */
const operandsOf = (op: string) => [
  ...(isMatchOp(op) ? ["STRING"] : []),
  ...(compares(op) ? ["NUMBER", "DURATION", "BYTES"] : []),
];

type Compared = Readonly<{ label: string; op: string; from: number }>;
function condition(cursor: Cursor, { label, op, from }: Compared): LabelFilter {
  const operand = cursor.peek();
  if (operand.kind === "string" && isMatchOp(op)) {
    cursor.next();
    const span = cursor.span(from);
    return { kind: "match", matcher: { label, op, value: operand.text, span }, span };
  }
  if (operand.kind === "function" && operand.text === "ip" && (op === "=" || op === "!=")) {
    return { kind: "ip", label, op, value: ipCall(cursor), span: cursor.span(from) };
  }
  const isSigned = compares(op) && (cursor.is("-") || cursor.is("+"));
  const sign = isSigned ? cursor.next().text : "";
  const { kind, value } = cursor.peek();
  if (!compares(op) || !(kind === "number" || ((kind === "duration" || kind === "bytes") && sign !== "+")))
    return cursor.unexpected(...operandsOf(op));
  if (sign !== "" && kind !== "number") return cursor.unexpected("NUMBER");
  cursor.next();
  const compared = isCompareOp(op) ? op : "==";
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

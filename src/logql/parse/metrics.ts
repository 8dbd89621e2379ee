import type { Binary, Matching, Metric, Query } from "../ast.ts";
import { type BinaryOp, isRangeFunction, isVectorFunction, strengths, type VectorFunction } from "../names.ts";
import type { Cursor } from "./cursor.ts";
import { logQuery } from "./logs.ts";
import { groupingHere, labelList, parameter, rangeAggregation } from "./ranges.ts";

const strengthOf = (cursor: Cursor): number | undefined => {
  const { kind, text } = cursor.peek();
  return kind === "keyword" ? strengths[text as BinaryOp] : undefined;
};

/** An operator that waits for its right side, or an open parenthesis; `from` is where the left side starts. */
type Waiting = Readonly<{ from: number }> &
  (Readonly<{ op?: never }> | (Pick<Binary, "op" | "bool" | "matching"> & Readonly<{ left: Query }>));

/** A log query or a metric query, from here on; parentheses may be nested thousands deep. */
export function expression(cursor: Cursor): Query {
  const waiting: Waiting[] = [];
  for (;;) {
    let { from } = cursor.peek();
    for (; cursor.accept("("); from = cursor.peek().from) waiting.push({ from });
    let query = operand(cursor);
    for (;;) {
      const strength = strengthOf(cursor) ?? 0;
      for (let last = waiting.at(-1); last?.op && bindsFirst(last.op, strength); last = waiting.at(-1)) {
        query = joined(cursor, { ...last, right: query });
        from = last.from;
        waiting.pop();
      }
      if (strength > 0) {
        const op = cursor.next().text as BinaryOp;
        waiting.push({ from, left: query, op, ...modifiers(cursor) });
        break;
      }
      const open = waiting.pop();
      if (!open) return query;
      cursor.expect(")");
      from = open.from;
    }
  }
}

/** Whether an operator takes what stands between it and the next one, of a given strength. */
const bindsFirst = (op: BinaryOp, next: number) => (op === "^" ? strengths[op] > next : strengths[op] >= next);

type Sides = Extract<Waiting, { left: Query }> & Readonly<{ right: Query }>;
function joined(cursor: Cursor, { from, left, right, op, ...modifier }: Sides): Binary {
  const side = (query: Query, leg: string): Metric =>
    query.kind === "logs"
      ? cursor.refuse(`a log query cannot be the ${leg} side of ${op}: count its lines first`, query.span?.from)
      : query;
  const sides = { left: side(left, "left"), right: side(right, "right") };
  return { kind: "binary", op, ...modifier, ...sides, span: cursor.span(from) };
}

function modifiers(cursor: Cursor): Readonly<{ bool?: true; matching?: Matching }> {
  const bool = cursor.accept("bool") ? { bool: true as const } : {};
  const kind = cursor.accept("on") ?? cursor.accept("ignoring");
  if (!kind) return bool;
  const labels = labelList(cursor);
  const group = cursor.accept("group_left") ?? cursor.accept("group_right");
  const include = group && cursor.is("(") ? labelList(cursor) : [];
  const many = group?.text === "group_left" ? ("left" as const) : ("right" as const);
  const grouped = group ? { group: many, include } : {};
  return { ...bool, matching: { kind: kind.text as "on" | "ignoring", labels, ...grouped } };
}

const queryStarts = ["NUMBER", "{", "(", "a function such as sum or count_over_time"];

function operand(cursor: Cursor): Query {
  const { kind, text, from } = cursor.peek();
  if (cursor.is("{")) return logQuery(cursor);
  const sign = cursor.accept("-") ?? cursor.accept("+");
  if (sign || kind === "number") {
    const value = cursor.take("number").value!;
    return { kind: "number", value: sign?.text === "-" ? -value : value, span: cursor.span(from) };
  }
  if (cursor.is("variants") || (kind === "function" && text === "approx_topk"))
    return cursor.refuse(`${text} is not supported here`);
  if (kind !== "function") return cursor.unexpected(...queryStarts);
  if (isRangeFunction(text)) return rangeAggregation(cursor, text);
  if (isVectorFunction(text)) return vectorAggregation(cursor, text);
  if (text === "vector") return scalarVector(cursor);
  return text === "label_replace" ? labelReplace(cursor) : cursor.unexpected(...queryStarts);
}

const metric = (cursor: Cursor): Metric => {
  const query = expression(cursor);
  return query.kind === "logs" ? cursor.unexpected("RANGE") : query;
};

function vectorAggregation(cursor: Cursor, fn: VectorFunction): Metric {
  const { from } = cursor.next();
  const before = groupingHere(cursor);
  cursor.expect("(");
  const param = vectorParameter(cursor);
  const of = metric(cursor);
  cursor.expect(")");
  const grouping = before ?? groupingHere(cursor);
  return { kind: "vector", fn, ...param, ...(grouping && { grouping }), of, span: cursor.span(from) };
}

function vectorParameter(cursor: Cursor): Readonly<{ param?: number }> {
  const ahead = cursor.peek(1);
  const listed = ahead.kind === "keyword" && ahead.text === ",";
  return cursor.peek().kind === "number" && listed ? parameter(cursor) : {};
}

function scalarVector(cursor: Cursor): Metric {
  const { from } = cursor.next();
  cursor.expect("(");
  const value = cursor.take("number").value!;
  cursor.expect(")");
  return { kind: "scalarVector", value, span: cursor.span(from) };
}

function labelReplace(cursor: Cursor): Metric {
  const { from } = cursor.next();
  cursor.expect("(");
  const of = metric(cursor);
  const texts = Array.from({ length: 4 }, () => {
    cursor.expect(",");
    return cursor.take("string").text;
  });
  cursor.expect(")");
  const [target, replacement, source, regex] = texts as [string, string, string, string];
  return { kind: "labelReplace", of, target, replacement, source, regex, span: cursor.span(from) };
}

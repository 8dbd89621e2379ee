import type {
  Binary,
  BinaryOp,
  Grouping,
  LogQuery,
  Matching,
  Metric,
  Query,
  RangeAggregation,
  RangeFunction,
  VectorFunction,
} from "../ast.ts";
import type { Cursor } from "./cursor.ts";
import { rangeFunctions, vectorFunctions } from "./lexer.ts";
import { logQuery, pipeline, selector } from "./logs.ts";

/** How tightly an operator binds; `^` binds to the right. */
export const strengths: Readonly<Record<BinaryOp, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  "==": 3,
  "!=": 3,
  ">": 3,
  ">=": 3,
  "<": 3,
  "<=": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  "^": 6,
};
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

const labelList = (cursor: Cursor): readonly string[] => cursor.list("()", () => cursor.take("identifier").text);

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
  if (rangeFunctions.has(text)) return rangeAggregation(cursor);
  if (vectorFunctions.has(text)) return vectorAggregation(cursor);
  return text === "vector"
    ? scalarVector(cursor)
    : text === "label_replace"
      ? labelReplace(cursor)
      : cursor.unexpected(...queryStarts);
}

const metric = (cursor: Cursor): Metric => {
  const query = expression(cursor);
  return query.kind === "logs" ? cursor.unexpected("RANGE") : query;
};

function rangeAggregation(cursor: Cursor): RangeAggregation {
  const { text, from } = cursor.next();
  cursor.expect("(");
  const param = parameter(cursor);
  const inner = logRange(cursor);
  cursor.expect(")");
  const grouping = groupingHere(cursor);
  const fn = text as RangeFunction;
  return { kind: "range", fn, ...param, ...inner, ...(grouping && { grouping }), span: cursor.span(from) };
}

function parameter(cursor: Cursor): Readonly<{ param?: number }> {
  if (cursor.peek().kind !== "number") return cursor.is("-") ? cursor.unexpected("NUMBER", "{", "(") : {};
  const { value } = cursor.next();
  cursor.expect(",");
  return { param: value! };
}

type LogRange = Readonly<{ logs: LogQuery; window: number; offset?: number }>;

/** A log query with its window, which may stand before the pipeline or after it, each in any number of parentheses. */
function logRange(cursor: Cursor): LogRange {
  const { from } = cursor.peek();
  if (cursor.accept("(")) return parenthesised(cursor);
  const matchers = selector(cursor);
  const early = cursor.peek().kind === "range" ? windowHere(cursor) : undefined;
  const stages = pipeline(cursor, "range");
  const logs: LogQuery = { kind: "logs", matchers, stages, span: cursor.span(from) };
  return { logs, ...(early ?? windowHere(cursor)) };
}

/** `((…)[5m])` and `(…[5m])`: the window stands inside or after the parentheses. */
function parenthesised(cursor: Cursor): LogRange {
  const start = cursor.mark();
  const { from } = cursor.peek();
  const matchers = cursor.is("(") ? undefined : selector(cursor);
  if (matchers) {
    const stages = cursor.peek().kind === "range" ? undefined : pipeline(cursor, "range");
    if (stages && cursor.is(")")) {
      const logs: LogQuery = { kind: "logs", matchers, stages, span: cursor.span(from) };
      cursor.next();
      return { logs, ...windowHere(cursor) };
    }
  }
  cursor.reset(start);
  const inner = logRange(cursor);
  cursor.expect(")");
  return inner;
}

function windowHere(cursor: Cursor): Readonly<{ window: number; offset?: number }> {
  if (cursor.peek().kind !== "range") return cursor.unexpected("RANGE", "|");
  const window = cursor.next().value!;
  if (!cursor.accept("offset")) return { window };
  const sign = cursor.accept("-") ? -1 : 1;
  return { window, offset: sign * cursor.take("duration").value! };
}

const groupingHere = (cursor: Cursor): Grouping | undefined => {
  const { from } = cursor.peek();
  const kind = cursor.accept("by") ?? cursor.accept("without");
  return kind && { kind: kind.text as "by" | "without", labels: labelList(cursor), span: cursor.span(from) };
};

function vectorAggregation(cursor: Cursor): Metric {
  const { text, from } = cursor.next();
  const before = groupingHere(cursor);
  cursor.expect("(");
  const param = vectorParameter(cursor);
  const of = metric(cursor);
  cursor.expect(")");
  const grouping = before ?? groupingHere(cursor);
  const fn = text as VectorFunction;
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

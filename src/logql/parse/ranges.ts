import type { Grouping, LogQuery, RangeAggregation } from "../ast.ts";
import type { RangeFunction } from "../names.ts";
import type { Cursor } from "./cursor.ts";
import { pipeline, selector } from "./logs.ts";

/** A range function and what stands in its parentheses. */
export function rangeAggregation(cursor: Cursor, fn: RangeFunction): RangeAggregation {
  const { from } = cursor.next();
  cursor.expect("(");
  const param = parameter(cursor);
  const inner = logRange(cursor);
  cursor.expect(")");
  const grouping = groupingHere(cursor);
  return { kind: "range", fn, ...param, ...inner, ...(grouping && { grouping }), span: cursor.span(from) };
}

/** The number before a comma, if any. */
export function parameter(cursor: Cursor): Readonly<{ param?: number }> {
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

export const groupingHere = (cursor: Cursor): Grouping | undefined => {
  const { from } = cursor.peek();
  const kind = cursor.accept("by") ?? cursor.accept("without");
  return kind && { kind: kind.text as "by" | "without", labels: labelList(cursor), span: cursor.span(from) };
};

export const labelList = (cursor: Cursor): readonly string[] => cursor.list("()", () => cursor.take("identifier").text);

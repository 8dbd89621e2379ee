import type { Query } from "../ast.ts";
import { check } from "../check.ts";
import { cursorOver } from "./cursor.ts";
import { expression } from "./metrics.ts";

/** A query as Loki reads it; what Loki refuses throws a `LogqlError` with line, column and what was expected. */
export function parse(query: string): Query {
  const cursor = cursorOver(query);
  const parsed = expression(cursor);
  if (cursor.peek().kind !== "end") cursor.unexpected("an operator", "nothing more");
  check(parsed, query);
  return parsed;
}

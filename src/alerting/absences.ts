import { rangesOf } from "../logql/ast.ts";
import { LogqlError } from "../logql/errors.ts";
import { parse } from "../logql/parse/parse.ts";
import type { JudgedRule } from "./rule.ts";

const NANOSECONDS = 1e9;

function windowsIn(expr: string): readonly number[] {
  try {
    const silent = rangesOf(parse(expr)).filter(({ fn }) => fn === "absent_over_time");
    return silent.flatMap(({ window }) => (typeof window === "number" ? [window / NANOSECONDS] : []));
  } catch (error) {
    if (error instanceof LogqlError) return [];
    throw error;
  }
}

/** How long nothing must have come, in seconds, where the queries of a rule ask for what is absent. */
export const absences = ({ data }: JudgedRule): readonly number[] => [
  ...new Set(data.flatMap((datum) => (datum.kind === "query" ? windowsIn(datum.model.expr) : []))),
];

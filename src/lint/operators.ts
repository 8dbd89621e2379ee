import type { Binary, Metric, Span } from "./model.ts";

export type Operator = Span & Readonly<{ op: string; bool: boolean }>;

const LEVELS: readonly (readonly string[])[] = [["or"], ["and", "unless"], ["==", "!=", ">", ">=", "<", "<="], ["+", "-"], ["*", "/", "%"], ["^"]];
const level = (op: string) => LEVELS.findIndex((ops) => ops.includes(op));

/**
 * Nests `operands[0] operators[0] operands[1] …` by Loki's precedence; only `^` binds to the right.
 * Source: Loki 3.7, `pkg/logql/syntax/syntax.y`. The grammar package's own nesting is wrong (`1 + 2 * 3` is `(1 + 2) * 3` there).
 */
export function nest(operands: readonly Metric[], operators: readonly Operator[]): Metric {
  let next = 0;
  const climb = (least: number): Metric => {
    let left = operands[next]!;
    while (next < operators.length && level(operators[next]!.op) >= least) {
      const { op, bool, from, to } = operators[next]!;
      next += 1;
      left = { kind: "binary", op, bool, from, to, left, right: climb(level(op) + (op === "^" ? 0 : 1)) } satisfies Binary;
    }
    return left;
  };
  return climb(0);
}

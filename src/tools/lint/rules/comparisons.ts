import type { Binary, Metric } from "../../../logql/ast.ts";
import { type CompareOp, isCompareOp } from "../../../logql/names.ts";
import { boundsOf, canHold } from "../bounds.ts";
import { aboutNodes, excerpt, hasVariable } from "../rule.ts";

const FLIPPED: Readonly<Record<CompareOp, CompareOp>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  ">": "<",
  "<=": ">=",
  ">=": "<=",
};

/** A metric compared with a number (`limit`), the number on the right. */
function comparedOf({ op, bool, left, right }: Binary) {
  if (bool || !isCompareOp(op) || left.kind === right.kind) return undefined;
  if (right.kind === "number") return { values: left, op, number: right.value, limit: right };
  return left.kind === "number" ? { values: right, op: FLIPPED[op], number: left.value, limit: left } : undefined;
}

const SILENCE = {
  why: "where there is no line there is no series, not a 0",
  suggestion: "ask for silence with absent_over_time(…), or fill it with … or vector(0) before comparing",
};
const CONSTANT = {
  why: "it is always the same number",
  suggestion: "put parentheses around all that is to be compared: comparisons bind tighter than or",
};

export const neverTrue = aboutNodes({
  name: "never-true",
  reason: "A comparison that no value can pass yields nothing: the panel stays empty, the rule never fires.",
  check: (at, subject) => {
    const compared = at.kind === "binary" ? comparedOf(at) : undefined;
    const unknown = (node: Metric) => hasVariable(subject, node);
    if (!compared || unknown(compared.limit)) return undefined;
    if (canHold(boundsOf(compared.values, unknown), compared)) return undefined;
    const { why, suggestion } = compared.values.kind === "scalarVector" ? CONSTANT : SILENCE;
    return { at, message: `${excerpt(subject, at)} can never be true: ${why}`, suggestion };
  },
});

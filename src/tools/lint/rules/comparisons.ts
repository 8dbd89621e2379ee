import { type Binary, type CompareOp, type Metric, nodes } from "../../../logql/ast.ts";
import { boundsOf, canHold } from "../bounds.ts";
import { excerpt, hasVariable, placeOf, type Subject, structural } from "../rule.ts";

const FLIPPED: Readonly<Record<CompareOp, CompareOp>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  ">": "<",
  "<=": ">=",
  ">=": "<=",
};
const isComparison = (op: string): op is CompareOp => Object.hasOwn(FLIPPED, op);

type Compared = Readonly<{ values: Metric; op: CompareOp; number: number }>;

/** A metric compared with a number, the number on the right. */
function comparedOf({ op, bool, left, right }: Binary): Compared | undefined {
  if (bool || !isComparison(op) || left.kind === right.kind) return undefined;
  if (right.kind === "number") return { values: left, op, number: right.value };
  return left.kind === "number" ? { values: right, op: FLIPPED[op], number: left.value } : undefined;
}

const SILENCE = {
  why: "where there is no line there is no series, not a 0",
  suggestion: "ask for silence with absent_over_time(…), or fill it with … or vector(0) before comparing",
};
const CONSTANT = {
  why: "it is always the same number",
  suggestion: "put parentheses around all that is to be compared: comparisons bind tighter than or",
};

function faultOf(part: Binary, subject: Subject) {
  const compared = comparedOf(part);
  const unknown = (node: Metric) => hasVariable(subject, node);
  if (!compared || unknown(part.left.kind === "number" ? part.left : part.right)) return [];
  const bounds = boundsOf(compared.values, unknown);
  if (canHold(bounds, compared)) return [];
  const { why, suggestion } = compared.values.kind === "scalarVector" ? CONSTANT : SILENCE;
  return [{ offset: placeOf(part).from, message: `${excerpt(subject, part)} can never be true: ${why}`, suggestion }];
}

export const neverTrue = structural({
  name: "never-true",
  reason: "A comparison that no value can pass yields nothing: the panel stays empty, the rule never fires.",
  check: (query, subject) => {
    if (query.kind === "logs") return [];
    return nodes(query).flatMap((node) => (node.kind === "binary" ? faultOf(node, subject) : []));
  },
});

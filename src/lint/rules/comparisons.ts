import { type Binary, type CompareOp, type Metric, nodes } from "../../logql/ast.ts";
import { boundsOf, canHold } from "../bounds.ts";
import { excerpt, hasVariable, placeOf, type Subject, structural } from "../rule.ts";

const FLIPPED: Readonly<Record<CompareOp, CompareOp>> = { "==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=" };
const isComparison = (op: string): op is CompareOp => Object.hasOwn(FLIPPED, op);

type Compared = Readonly<{ values: Metric; op: CompareOp; number: number }>;

/** A metric compared with a number, the number on the right. */
function comparedOf({ op, bool, left, right }: Binary): Compared | undefined {
  if (bool || !isComparison(op) || left.kind === right.kind) return undefined;
  if (right.kind === "number") return { values: left, op, number: right.value };
  return left.kind === "number" ? { values: right, op: FLIPPED[op], number: left.value } : undefined;
}

const WHY = "where there is no line there is no series, not a 0";

function faultOf(part: Binary, subject: Subject) {
  const compared = comparedOf(part);
  if (!compared) return [];
  const unknown = (node: Metric) => hasVariable(subject, node);
  if (unknown(part.left.kind === "number" ? part.left : part.right)) return [];
  const bounds = boundsOf(compared.values, unknown);
  if (canHold(bounds, compared.op, compared.number)) return [];
  return [
    {
      offset: placeOf(part).from,
      message: `${excerpt(subject, part)} can never be true: ${bounds.least >= 0 && compared.number <= 1 ? WHY : "its values never get there"}`,
      suggestion: "ask for silence with absent_over_time(…), or fill it with … or vector(0) before comparing",
    },
  ];
}

export const neverTrue = structural(
  "never-true",
  "A comparison that no value can pass yields nothing: the panel stays empty, the rule never fires.",
  (query, subject) => (query.kind === "logs" ? [] : nodes(query).flatMap((node) => (node.kind === "binary" ? faultOf(node, subject) : []))),
);

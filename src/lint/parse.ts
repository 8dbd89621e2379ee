import { type Masked, mask, type Variable } from "./mask.ts";
import type { Grouping, Logs, Metric, Query, Window } from "./model.ts";
import { nest, type Operator } from "./operators.ts";
import { readLogs } from "./pipeline.ts";
import { child, children, firstError, outermost, parseTree, type Tree } from "./syntax-tree.ts";

/** A query as far as it could be read: `query` is absent where the grammar gave up, at `error`. */
export type Parsed = Readonly<{ text: string; variables: readonly Variable[]; query: Query | undefined; error: number | undefined }>;

/** Reads a LogQL query; a dashboard's variables are allowed anywhere. */
export function parse(text: string): Parsed {
  const masked = mask(text);
  const tree = parseTree(masked.text);
  const error = firstError(tree);
  return { text, variables: masked.variables, error, query: error === undefined ? readQuery(tree, masked) : undefined };
}

function readQuery(tree: Tree, masked: Masked): Query | undefined {
  const root = child(tree, "Expr");
  const logs = root && child(root, "LogExpr");
  if (logs) return { kind: "logs", logs: readLogs(logs, masked.text) };
  return root && { kind: "metric", metric: readMetric(root, masked) };
}

const IDENTIFIER = new Set(["Identifier"]);
const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

/** Seconds of a duration such as `90s` or `1h30m`; undefined when it is none. */
export function durationSeconds(text: string): number | undefined {
  const terms = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d|w|y)/g)];
  if (terms.length === 0 || terms.map(([term]) => term).join("") !== text.trim()) return undefined;
  return terms.reduce((sum, [, value, unit]) => sum + Number(value) * SECONDS[unit!]!, 0);
}

function readMetric(start: Tree, masked: Masked): Metric {
  const { text, variables } = masked;
  const slice = ({ from, to }: Tree) => text.slice(from, to);
  const named = ({ from, to }: Tree) => variables.some((variable) => variable.from < to && variable.to > from);
  const node = inner(start);
  const span = { from: node.from, to: node.to };
  const operand = () => children(node).find(({ name }) => name === "MetricExpr" || name === "Expr");

  switch (node.name) {
    case "BinOpExpr": {
      const { operands, operators } = flatten(node, text);
      return nest(
        operands.map((part) => readMetric(part, masked)),
        operators,
      );
    }
    case "RangeAggregationExpr": {
      const range = child(node, "LogRangeExpr");
      const op = child(node, "RangeOp");
      const window = range && child(range, "Range");
      const logs: Logs = readLogs(range ?? node, text);
      return { ...span, kind: "range", fn: op ? slice(op).toLowerCase() : "", logs, window: window && readWindow(window), grouping: grouping(node) };
    }
    case "VectorAggregationExpr": {
      const of = operand();
      const op = child(node, "VectorOp");
      return of
        ? { ...span, kind: "aggregate", fn: op ? slice(op).toLowerCase() : "", grouping: grouping(node), of: readMetric(of, masked) }
        : { ...span, kind: "unknown" };
    }
    case "LabelReplaceExpr": {
      const of = operand();
      return of ? { ...span, kind: "relabel", of: readMetric(of, masked) } : { ...span, kind: "unknown" };
    }
    case "LiteralExpr":
      return { ...span, kind: "number", value: named(node) ? undefined : Number(slice(node).replace(/\s/g, "")) };
    case "VectorExpr":
      return { ...span, kind: "vector" };
    case "LogExpr":
      return { ...span, kind: "logs" };
    default:
      return { ...span, kind: "unknown" };
  }

  function readWindow(range: Tree): Window {
    const duration = slice(range).slice(1, -1).trim();
    return { from: range.from, to: range.to, text: duration, seconds: named(range) ? undefined : durationSeconds(duration) };
  }
  function grouping(of: Tree): Grouping | undefined {
    const found = child(of, "Grouping");
    return found && { kind: child(found, "Without") ? "without" : "by", labels: outermost(found, IDENTIFIER).map(slice) };
  }
}

/** Goes through wrappers and parentheses to the node that says what an expression is. */
function inner(node: Tree): Tree {
  let at = node;
  while (at.name === "Expr" || at.name === "MetricExpr") {
    const next = at.firstChild;
    if (!next) break;
    at = next;
  }
  return at;
}

/** Operands and operators in the order of the text; what stands in parentheses is one operand. */
function flatten(node: Tree, text: string): Readonly<{ operands: readonly Tree[]; operators: readonly Operator[] }> {
  const operands: Tree[] = [];
  const operators: Operator[] = [];
  const visit = (of: Tree) => {
    const [left, op, ...rest] = children(of);
    const right = rest.at(-1);
    if (!left || !op || !right) return;
    side(left);
    const modifier = rest.find(({ name }) => name === "BinOpModifier");
    operators.push({ op: text.slice(op.from, op.to).toLowerCase(), bool: Boolean(modifier && child(modifier, "Bool")), from: op.from, to: op.to });
    side(right);
  };
  const side = (of: Tree) => {
    const at = inner(of);
    if (at.name === "BinOpExpr" && at.from === of.from && at.to === of.to) visit(at);
    else operands.push(of);
  };
  visit(node);
  return { operands, operators };
}

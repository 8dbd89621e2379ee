import { printNanoseconds } from "../core/durations.ts";
import type {
  Binary,
  Grouping,
  LabelReplace,
  LogQuery,
  Metric,
  Query,
  RangeAggregation,
  VectorAggregation,
} from "./ast.ts";
import { strengths } from "./names.ts";
import { printLogs, printSelector, printStage } from "./print-logs.ts";
import { quote } from "./quote.ts";
import { printFloat } from "./units.ts";

const width = 80;

/** A query as text: one line if it fits into 80 columns, else one level a line; parentheses only for precedence. */
export const print = (query: Query): string => layout(query, 0);

/** A query as text on one line. */
export const printFlat = (query: Query): string => (query.kind === "logs" ? printLogs(query) : flat(query));

/** Only `\n` ends a line: a label may hold what else is a line end to a regular expression. */
const indent = (text: string) => `  ${text.replaceAll("\n", "\n  ")}`;

/** `room` is what else must stand on the last line. */
function layout(query: Query, room: number): string {
  const line = printFlat(query);
  if (line.length + room <= width) return line;
  return query.kind === "logs" ? brokenLogs(query) : broken(query);
}

const brokenLogs = (logs: LogQuery) =>
  [printSelector(logs), ...logs.stages.map((stage) => `  ${printStage(stage)}`)].join("\n");

const list = (labels: readonly string[]) => `(${labels.join(", ")})`;
const grouped = (grouping: Grouping | undefined) => (grouping ? `${grouping.kind} ${list(grouping.labels)}` : "");
const duration = (value: RangeAggregation["window"]) => (typeof value === "number" ? printNanoseconds(value) : value);
const window = ({ window: length, offset }: RangeAggregation) =>
  `[${duration(length)}]${offset === undefined ? "" : ` offset ${duration(offset)}`}`;

/** What follows the closing parenthesis of a range aggregation, or precedes the opening one of a vector aggregation. */
const tail = (node: RangeAggregation) => (node.grouping ? `) ${grouped(node.grouping)}` : ")");
const head = (node: VectorAggregation) => (node.grouping ? `${node.fn} ${grouped(node.grouping)} (` : `${node.fn}(`);

function flat(node: Metric): string {
  switch (node.kind) {
    case "range":
      return `${node.fn}(${parameter(node)}${printLogs(node.logs)} ${window(node)}${tail(node)}`;
    case "vector":
      return `${head(node)}${parameter(node)}${flat(node.of)})`;
    case "binary":
      return operands(node, flat).join(` ${operator(node)} `);
    case "labelReplace":
      return `label_replace(${[flat(node.of), ...texts(node)].join(", ")})`;
    case "number":
      return printFloat(node.value);
    case "scalarVector":
      return `vector(${printFloat(node.value)})`;
    case "variable":
      return node.name;
    default:
      return node satisfies never;
  }
}

const parameter = ({ param }: Readonly<{ param?: number }>, behind = " ") =>
  param === undefined ? "" : `${printFloat(param)},${behind}`;
const texts = ({ target, replacement, source, regex }: LabelReplace) => [target, replacement, source, regex].map(quote);

function broken(node: Metric): string {
  switch (node.kind) {
    case "range":
      return brokenRange(node);
    case "vector":
      return `${head(node)}\n${indent(parameter(node, "\n") + layout(node.of, 2))}\n)`;
    case "binary":
      return brokenBinary(node);
    case "labelReplace":
      return `label_replace(\n${indent([layout(node.of, 3), ...texts(node)].join(",\n"))}\n)`;
    default:
      return flat(node);
  }
}

function brokenRange(node: RangeAggregation): string {
  const line = `${printLogs(node.logs)} ${window(node)}`;
  const inner = line.length + 2 <= width ? line : `${brokenLogs(node.logs)}\n  ${window(node)}`;
  return `${node.fn}(\n${indent(parameter(node, "\n") + inner)}\n${tail(node)}`;
}

const isAtom = ({ kind }: Metric) => kind === "number" || kind === "scalarVector" || kind === "variable";

/** A plain number stays on the line of the other side; else the operator has a line of its own. */
function brokenBinary(node: Binary): string {
  const between = isAtom(node.left) || isAtom(node.right) ? " " : "\n";
  return operands(node, (metric) => layout(metric, 0)).join(`${between}${operator(node)}${between}`);
}

function operator({ op, bool, matching }: Binary): string {
  const match = matching ? ` ${matching.kind} ${list(matching.labels)}` : "";
  const include = matching?.include && matching.include.length > 0 ? ` ${list(matching.include)}` : "";
  const group = matching?.group ? ` group_${matching.group}${include || " ()"}` : "";
  return `${op}${bool ? " bool" : ""}${match}${group}`;
}

/** The sides of an operation, in parentheses where the operator would take one apart. */
const operands = (node: Binary, show: (metric: Metric) => string): readonly string[] =>
  (["left", "right"] as const).map((side) => {
    const inner = node[side];
    const text = show(inner);
    if (inner.kind !== "binary") return text;
    const [outer, own] = [strengths[node.op], strengths[inner.op]];
    const isFirst = (side === "left") !== (node.op === "^");
    if (isFirst ? own >= outer : own > outer) return text;
    return text.includes("\n") ? `(\n${indent(text)}\n)` : `(${text})`;
  });

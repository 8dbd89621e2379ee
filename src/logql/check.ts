import {
  type Binary,
  type LogQuery,
  type Matcher,
  type Metric,
  nodes,
  type Query,
  type RangeAggregation,
  type Span,
  type Stage,
  unwrapOf,
  type VectorAggregation,
} from "./ast.ts";
import { LogqlError } from "./errors.ts";
import { matcherTest } from "./evaluate/filters.ts";
import { everything, hintsFor } from "./evaluate/hints.ts";
import { stepOf } from "./evaluate/stages.ts";
import { isSetOp } from "./names.ts";
import { printFlat } from "./print.ts";
import { regex } from "./regex.ts";

type Node = Readonly<{ span?: Span }>;
type Refuse = (message: string, node: Node) => never;

/** Loki's checks after the grammar: selectors, stages, parameters, groupings, windows; throws a `LogqlError`. */
export function check(query: Query, text: string): void {
  const refuse: Refuse = (message, { span }) => {
    throw new LogqlError(message, { query: text, offset: span?.from ?? 0 });
  };
  if (query.kind === "logs") checkLogs(query, refuse);
  else for (const node of nodes(query)) checkNode(node, refuse);
}

function checkNode(node: Metric, refuse: Refuse): void {
  if (node.kind === "range") checkRange(node, refuse);
  else if (node.kind === "vector") checkVector(node, refuse);
  else if (node.kind === "binary") checkBinary(node, refuse);
  else if (node.kind === "labelReplace")
    attempt(() => regex(`^(?:${node.regex})$`), { refuse, node, what: "invalid regex in label_replace: " });
}

/** Turns an error of a part into a refusal at its node. */
function attempt(
  make: () => unknown,
  { refuse, node, what = "" }: Readonly<{ refuse: Refuse; node: Node; what?: string | undefined }>,
): void {
  try {
    make();
  } catch (error) {
    if (error instanceof RangeError) throw error;
    refuse(`${what}${(error as Error).message}`, node);
  }
}

function checkLogs(logs: LogQuery, refuse: Refuse): void {
  for (const matcher of logs.matchers) attempt(() => matcherTest(matcher), { refuse, node: matcher });
  if (!logs.matchers.some(needsValue)) {
    const rule = "queries require at least one regexp or equality matcher that does not have an empty-compatible value";
    refuse(`${rule}. For instance, app=~".*" does not meet this requirement, but app=~".+" will`, logs);
  }
  for (const stage of logs.stages) checkStage(stage, refuse);
}

const needsValue = (matcher: Matcher) => (matcher.op === "=" || matcher.op === "=~") && !matcherTest(matcher)("");

/** How the refusal of a stage that does not compile begins. */
const PREFIXES: Readonly<Partial<Record<Stage["kind"], string>>> = {
  regexp: "invalid regexp parser: ",
  pattern: "invalid pattern parser: ",
  json: "cannot parse expression: ",
  logfmt: "cannot parse expression: ",
  lineFormat: "invalid line template: ",
  labelFormat: "invalid template: ",
};
const NOWHERE = { hints: hintsFor(everything), clock: { nanoseconds: () => 0n } };

function checkStage(stage: Stage, refuse: Refuse): void {
  const needsEquality =
    stage.kind === "lineFilter" && stage.alternatives.some(({ ip }) => ip) && !/^[|!]=$/.test(stage.op);
  if (needsEquality) refuse(`ip: ${stage.op} cannot be used with ip()`, stage);
  if (stage.kind === "labelFormat") checkNames(stage, refuse);
  attempt(() => stage.kind !== "unwrap" && stepOf(stage, NOWHERE), { refuse, node: stage, what: PREFIXES[stage.kind] });
}

function checkNames(stage: Extract<Stage, { kind: "labelFormat" }>, refuse: Refuse): void {
  const names = stage.formats.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuse(`multiple label name '${twice}' not allowed in a single format operation`, stage);
  if (names.includes("__error__")) refuse("__error__ cannot be formatted", stage);
}

const counting: ReadonlySet<string> = new Set(
  "count_over_time rate bytes_over_time bytes_rate absent_over_time".split(" "),
);
const alsoUnwrapping: ReadonlySet<string> = new Set(["rate", "absent_over_time"]);
/** The range functions that have no grouping of their own. */
export const ungroupable: ReadonlySet<string> = new Set([...counting, "sum_over_time", "rate_counter"]);

function checkRange(node: RangeAggregation, refuse: Refuse): void {
  const { fn, param, grouping, logs } = node;
  checkLogs(logs, refuse);
  const unwraps = unwrapOf(logs) !== undefined;
  if (unwraps && counting.has(fn) && !alsoUnwrapping.has(fn)) refuse(`invalid aggregation ${fn} with unwrap`, node);
  if (!unwraps && !counting.has(fn)) refuse(`invalid aggregation ${fn} without unwrap`, node);
  if (fn === "quantile_over_time" && param === undefined)
    refuse("parameter required for operation quantile_over_time", node);
  if (fn !== "quantile_over_time" && param !== undefined)
    refuse(`parameter ${param} not supported for operation ${fn}`, node);
  if (grouping && ungroupable.has(fn)) refuse(`grouping not allowed for ${fn} aggregation`, node);
}

const ranking = new Set(["topk", "bottomk"]);

function checkVector(node: VectorAggregation, refuse: Refuse): void {
  const { fn, param, grouping } = node;
  if (ranking.has(fn) && param === undefined) refuse(`parameter required for operation ${fn}`, node);
  if (!ranking.has(fn) && param !== undefined) refuse(`unsupported parameter for operation ${fn}(${param},`, node);
  if (param !== undefined && !Number.isInteger(param)) refuse(`invalid parameter ${fn}(${param},`, node);
  if (param !== undefined && param <= 0) refuse(`invalid parameter (must be greater than 0) ${fn}(${param}`, node);
  if ((fn === "sort" || fn === "sort_desc") && grouping) refuse("sort and sort_desc doesn't allow grouping by", node);
}

/** A number, or an operation of numbers, which Loki reckons while it reads. */
const isLiteral = (node: Metric): boolean =>
  node.kind === "number" || (node.kind === "binary" && isLiteral(node.left) && isLiteral(node.right));

function checkBinary(node: Binary, refuse: Refuse): void {
  if (!isSetOp(node.op)) return;
  for (const leg of ["left", "right"] as const)
    if (isLiteral(node[leg])) {
      const where = `${leg} leg of logical/set binary operation (${node.op})`;
      refuse(`unexpected literal for ${where}: ${printFlat(node[leg])}`, node);
    }
  if (node.matching?.group) refuse(`no grouping allowed for ${node.op} operation`, node);
}

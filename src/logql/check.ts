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
  type VectorAggregation,
} from "./ast.ts";
import { LogqlError } from "./errors.ts";
import { labelTest, lineTest, matcherTest } from "./evaluate/filters.ts";
import { parsePath } from "./evaluate/json-paths.ts";
import { parsePattern } from "./evaluate/pattern.ts";
import { printFlat } from "./print.ts";
import { regex } from "./regex.ts";
import { compileLineTemplate } from "./template/logql.ts";

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
  { refuse, node, what }: Readonly<{ refuse: Refuse; node: Node; what: string }>,
): void {
  try {
    make();
  } catch (error) {
    if (error instanceof RangeError) throw error;
    refuse(`${what}${(error as Error).message}`, node);
  }
}

function checkLogs(logs: LogQuery, refuse: Refuse): void {
  for (const matcher of logs.matchers) attempt(() => matcherTest(matcher), { refuse, node: matcher, what: "" });
  if (!logs.matchers.some(needsValue)) {
    const rule = "queries require at least one regexp or equality matcher that does not have an empty-compatible value";
    refuse(`${rule}. For instance, app=~".*" does not meet this requirement, but app=~".+" will`, logs);
  }
  for (const stage of logs.stages) checkStage(stage, refuse);
}

const needsValue = (matcher: Matcher) => (matcher.op === "=" || matcher.op === "=~") && !matcherTest(matcher)("");

function checkStage(stage: Stage, refuse: Refuse): void {
  const needsEquality =
    stage.kind === "lineFilter" && stage.alternatives.some(({ ip }) => ip) && !/^[|!]=$/.test(stage.op);
  if (needsEquality) refuse(`ip: ${stage.op} cannot be used with ip()`, stage);
  if (stage.kind === "labelFormat") checkNames(stage, refuse);
  const { what, parts } = compiled(stage);
  for (const part of parts) attempt(part, { refuse, node: stage, what });
}

type Compiled = Readonly<{ what: string; parts: readonly (() => unknown)[] }>;

/** What of a stage must compile, and how a refusal begins. */
function compiled(stage: Stage): Compiled {
  switch (stage.kind) {
    case "lineFilter":
      return { what: "", parts: [() => lineTest(stage)] };
    case "labelFilter":
      return { what: "", parts: [() => labelTest(stage.filter)] };
    case "regexp":
      return { what: "invalid regexp parser: ", parts: [() => checkRegexp(stage.value)] };
    case "pattern":
      return { what: "invalid pattern parser: ", parts: [() => parsePattern(stage.value, "parser")] };
    case "json":
      return {
        what: "cannot parse expression: ",
        parts: stage.fields.map(
          ({ path }) =>
            () =>
              parsePath(path),
        ),
      };
    case "logfmt":
      return {
        what: "cannot parse expression: ",
        parts: stage.fields.map(
          ({ path }) =>
            () =>
              checkLogfmtField(path),
        ),
      };
    case "lineFormat":
      return { what: "invalid line template: ", parts: [() => compileLineTemplate(stage.template)] };
    case "labelFormat":
      return {
        what: "invalid template: ",
        parts: stage.formats.flatMap((format) =>
          "template" in format ? [() => compileLineTemplate(format.template)] : [],
        ),
      };
    case "keep":
    case "drop":
      return {
        what: "",
        parts: stage.labels.flatMap((choice) => (typeof choice === "string" ? [] : [() => matcherTest(choice)])),
      };
    default:
      return { what: "", parts: [] };
  }
}

function checkRegexp(source: string): void {
  const names = Object.keys(regex(source).names);
  if (names.length === 0) throw new Error("at least one named capture must be supplied");
  const bad = names.find((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (bad !== undefined) throw new Error(`invalid extracted label name '${bad}'`);
}

function checkLogfmtField(path: string): void {
  if (path === "" || /[\s="]/.test(path)) throw new Error(`unexpected ${JSON.stringify(path)}`);
}

function checkNames(stage: Extract<Stage, { kind: "labelFormat" }>, refuse: Refuse): void {
  const names = stage.formats.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuse(`multiple label name '${twice}' not allowed in a single format operation`, stage);
  if (names.includes("__error__")) refuse("__error__ cannot be formatted", stage);
}

const unwrapping = new Set(
  (
    "sum_over_time avg_over_time max_over_time min_over_time stddev_over_time stdvar_over_time quantile_over_time " +
    "first_over_time last_over_time rate rate_counter absent_over_time"
  ).split(" "),
);
const counting = new Set(["count_over_time", "rate", "bytes_over_time", "bytes_rate", "absent_over_time"]);
const groupable = new Set(
  (
    "avg_over_time max_over_time min_over_time stddev_over_time stdvar_over_time quantile_over_time " +
    "first_over_time last_over_time"
  ).split(" "),
);

function checkRange(node: RangeAggregation, refuse: Refuse): void {
  const { fn, param, grouping, logs } = node;
  checkLogs(logs, refuse);
  const unwraps = logs.stages.some(({ kind }) => kind === "unwrap");
  if (unwraps && !unwrapping.has(fn)) refuse(`invalid aggregation ${fn} with unwrap`, node);
  if (!unwraps && !counting.has(fn)) refuse(`invalid aggregation ${fn} without unwrap`, node);
  if (fn === "quantile_over_time" && param === undefined)
    refuse("parameter required for operation quantile_over_time", node);
  if (fn !== "quantile_over_time" && param !== undefined)
    refuse(`parameter ${param} not supported for operation ${fn}`, node);
  if (grouping && !groupable.has(fn)) refuse(`grouping not allowed for ${fn} aggregation`, node);
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

const setOps = new Set(["and", "or", "unless"]);

/** A number, or an operation of numbers, which Loki reckons while it reads. */
const isLiteral = (node: Metric): boolean =>
  node.kind === "number" || (node.kind === "binary" && isLiteral(node.left) && isLiteral(node.right));

function checkBinary(node: Binary, refuse: Refuse): void {
  if (!setOps.has(node.op)) return;
  for (const [leg, side] of [
    ["left", node.left],
    ["right", node.right],
  ] as const)
    if (isLiteral(side))
      refuse(
        `unexpected literal for ${leg} leg of logical/set binary operation (${node.op}): ${printFlat(side)}`,
        node,
      );
  if (node.matching?.group) refuse(`no grouping allowed for ${node.op} operation`, node);
}

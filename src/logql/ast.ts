import type { BinaryOp, CompareOp, Conversion, LineFilterOp, MatchOp, RangeFunction, VectorFunction } from "./names.ts";

/** Where a node stands in its query, in UTF-16 code units; absent on nodes that code built. */
export type Span = Readonly<{ from: number; to: number }>;
type Placed = Readonly<{ span?: Span }>;

/** Text that Grafana fills in before Loki sees the query, such as `$__auto`. */
type Variable = `$${string}`;
/** A length of time in nanoseconds, or one that only a panel knows. */
export type Duration = number | Variable;

export type Matcher = Placed & Readonly<{ label: string; op: MatchOp; value: string }>;
export type Grouping = Placed & Readonly<{ kind: "by" | "without"; labels: readonly string[] }>;

/** A condition on labels; `value` of a duration is in nanoseconds, of a size in bytes. */
export type LabelFilter =
  | (Placed & Readonly<{ kind: "match"; matcher: Matcher }>)
  | (Placed & Readonly<{ kind: "number" | "duration" | "bytes"; label: string; op: CompareOp; value: number }>)
  | (Placed & Readonly<{ kind: "ip"; label: string; op: "=" | "!="; value: string }>)
  | (Placed & Readonly<{ kind: "and" | "or"; left: LabelFilter; right: LabelFilter }>);

export type LineFilter = Placed & Readonly<{ kind: "lineFilter"; op: LineFilterOp; alternatives: readonly Needle[] }>;
/** What a line filter looks for: a text, a regular expression or a pattern, or an address range. */
export type Needle = Readonly<{ value: string; ip?: true }>;

/** A label that a parser reads, and where it finds it. */
export type Field = Readonly<{ name: string; path: string }>;
type Json = Placed & Readonly<{ kind: "json"; fields: readonly Field[] }>;
export type Logfmt = Placed &
  Readonly<{ kind: "logfmt"; strict: boolean; keepEmpty: boolean; fields: readonly Field[] }>;
export type LabelFormat = Readonly<{ name: string; from: string }> | Readonly<{ name: string; template: string }>;
type Unwrap = Placed & Readonly<{ kind: "unwrap"; label: string; conversion?: Conversion }>;
/** The labels that `keep` or `drop` name, each with any value or with a matching one. */
export type LabelChoice = string | Matcher;

export type Stage =
  | LineFilter
  | Json
  | Logfmt
  | Unwrap
  | (Placed & Readonly<{ kind: "pattern" | "regexp"; value: string }>)
  | (Placed & Readonly<{ kind: "unpack" | "decolorize" }>)
  | (Placed & Readonly<{ kind: "labelFilter"; filter: LabelFilter }>)
  | (Placed & Readonly<{ kind: "lineFormat"; template: string }>)
  | (Placed & Readonly<{ kind: "labelFormat"; formats: readonly LabelFormat[] }>)
  | (Placed & Readonly<{ kind: "keep" | "drop"; labels: readonly LabelChoice[] }>);

/** A log query: a stream selector and its pipeline. */
export type LogQuery = Placed & Readonly<{ kind: "logs"; matchers: readonly Matcher[]; stages: readonly Stage[] }>;

/** How the series of two sides find each other. */
export type Matching = Readonly<{
  kind: "on" | "ignoring";
  labels: readonly string[];
  group?: "left" | "right";
  include?: readonly string[];
}>;

export type RangeAggregation = Placed &
  Readonly<{
    kind: "range";
    fn: RangeFunction;
    param?: number;
    logs: LogQuery;
    window: Duration;
    offset?: Duration;
    grouping?: Grouping;
  }>;
export type VectorAggregation = Placed &
  Readonly<{ kind: "vector"; fn: VectorFunction; param?: number; grouping?: Grouping; of: Metric }>;
export type Binary = Placed &
  Readonly<{ kind: "binary"; op: BinaryOp; bool?: true; matching?: Matching; left: Metric; right: Metric }>;
export type LabelReplace = Placed &
  Readonly<{ kind: "labelReplace"; of: Metric; target: string; replacement: string; source: string; regex: string }>;

export type Metric =
  | RangeAggregation
  | VectorAggregation
  | Binary
  | LabelReplace
  | (Placed & Readonly<{ kind: "number"; value: number }>)
  | (Placed & Readonly<{ kind: "scalarVector"; value: number }>)
  /** A number that only Grafana knows, such as the end of a dashboard's range. */
  | (Placed & Readonly<{ kind: "variable"; name: Variable }>);

export type Query = LogQuery | Metric;

/** Every node of a metric query, the whole first, in the order of the text. */
export function nodes(metric: Metric): readonly Metric[] {
  const found: Metric[] = [];
  const open: Metric[] = [metric];
  for (let node = open.pop(); node; node = open.pop()) {
    found.push(node);
    if (node.kind === "binary") open.push(node.right, node.left);
    else if (node.kind === "vector" || node.kind === "labelReplace") open.push(node.of);
  }
  return found;
}

/** Every range aggregation of a query. */
export const rangesOf = (query: Query): readonly RangeAggregation[] =>
  query.kind === "logs" ? [] : nodes(query).filter((node) => node.kind === "range");
/** Every log query in a query. */
export const logsOf = (query: Query): readonly LogQuery[] =>
  query.kind === "logs" ? [query] : rangesOf(query).map(({ logs }) => logs);
/** What a log query unwraps. */
export const unwrapOf = ({ stages }: LogQuery): Unwrap | undefined => stages.find((stage) => stage.kind === "unwrap");

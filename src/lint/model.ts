export type Span = Readonly<{ from: number; to: number }>;

export type Matcher = Span & Readonly<{ label: string; op: "=" | "!=" | "=~" | "!~"; value: string }>;
export type Grouping = Readonly<{ kind: "by" | "without"; labels: readonly string[] }>;

export type LineFilter = Span & Readonly<{ kind: "lineFilter"; op: string; value: string }>;
export type Parser = Span & Readonly<{ kind: "parser"; name: string; fields: readonly Readonly<{ name: string; path: string }>[] }>;
/** Conditions on labels; `compared` are the labels compared with a number, a duration, a size or an address, `either` says that an `or` joins them. */
export type LabelFilter = Span & Readonly<{ kind: "labelFilter"; matchers: readonly Matcher[]; compared: readonly string[]; either: boolean }>;
export type Unwrap = Span & Readonly<{ kind: "unwrap"; field: string; conversion: string }>;
/** A stage that only touches labels, with those that it sets. */
export type Labels = Span & Readonly<{ kind: "labels"; sets: readonly string[] }>;
/** `rewrite` gives the line a new text. */
export type Stage = LineFilter | Parser | LabelFilter | Unwrap | Labels | (Span & Readonly<{ kind: "rewrite" }>);

/** A log query: a stream selector and its pipeline. */
export type Logs = Span & Readonly<{ selector: Span; matchers: readonly Matcher[]; stages: readonly Stage[] }>;

/** `seconds` is absent when a dashboard variable gives the window. */
export type Window = Span & Readonly<{ text: string; seconds: number | undefined }>;

export type RangeAggregation = Span & Readonly<{ kind: "range"; fn: string; logs: Logs; window: Window | undefined; grouping: Grouping | undefined }>;
export type Aggregation = Span & Readonly<{ kind: "aggregate"; fn: string; grouping: Grouping | undefined; of: Metric }>;
export type Binary = Span & Readonly<{ kind: "binary"; op: string; bool: boolean; left: Metric; right: Metric }>;

export type Metric =
  | RangeAggregation
  | Aggregation
  | Binary
  | (Span & Readonly<{ kind: "relabel"; of: Metric }>)
  /** `value` is absent when a dashboard variable gives it. */
  | (Span & Readonly<{ kind: "number"; value: number | undefined }>)
  | (Span & Readonly<{ kind: "vector" | "logs" | "unknown" }>);

export type Query = Readonly<{ kind: "logs"; logs: Logs }> | Readonly<{ kind: "metric"; metric: Metric }>;

/** Every part of a metric query, the whole first. */
export function parts(metric: Metric): readonly Metric[] {
  switch (metric.kind) {
    case "binary":
      return [metric, ...parts(metric.left), ...parts(metric.right)];
    case "aggregate":
    case "relabel":
      return [metric, ...parts(metric.of)];
    default:
      return [metric];
  }
}

export const ranges = (query: Query): readonly RangeAggregation[] =>
  query.kind === "metric" ? parts(query.metric).filter((part): part is RangeAggregation => part.kind === "range") : [];
/** Every log query in it. */
export const allLogs = (query: Query): readonly Logs[] => (query.kind === "logs" ? [query.logs] : ranges(query).map(({ logs }) => logs));
export const unwrapOf = ({ stages }: Logs): Unwrap | undefined => stages.find((stage) => stage.kind === "unwrap");

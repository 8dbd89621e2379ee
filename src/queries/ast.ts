import type { LabelName } from "../schema.ts";
import type { Unit } from "../units.ts";

/** Whether a query is complete as it stands, or needs Grafana to fill in a dashboard's variables. */
export type Mode = "literal" | "variable";

export type Matcher<M extends Mode = Mode> = Readonly<{ label: LabelName; op: "=" | "=~" | "!~"; value: string; mode: M }>;

export type Stage =
  | Readonly<{ kind: "json"; fields: readonly string[] }>
  | Readonly<{ kind: "search"; variable: string }>
  | Readonly<{ kind: "labelFormat"; name: string; template: string }>
  | Readonly<{ kind: "dropEmpty"; fields: readonly string[] }>
  | Readonly<{ kind: "present"; name: string }>
  | Readonly<{ kind: "same"; name: string; value: string }>
  | Readonly<{ kind: "oneOfStarts"; name: string; starts: readonly string[] }>
  | Readonly<{ kind: "unwrap"; name: string }>;

/** A log query: a stream selector and its pipeline. */
export type Logs<M extends Mode = Mode> = Readonly<{ kind: "logs"; matchers: readonly Matcher[]; stages: readonly Stage[]; mode: M }>;

/** `$__auto` follows the panel's step, `$__range` is the dashboard's whole time range. */
export type PanelRange = "$__auto" | "$__range";
/** A window in seconds, or one that only a panel knows. */
export type Range = number | PanelRange;

export type RangeFunction = "count_over_time" | "rate" | "max_over_time" | "avg_over_time" | "quantile_over_time" | "absent_over_time";
export type BinaryOp = "+" | "-" | "*" | "/" | "or" | "unless";

export type Node =
  | Readonly<{ kind: "range"; fn: RangeFunction; param?: number; logs: Logs; range: Range; by?: readonly LabelName[] }>
  | Readonly<{ kind: "sum"; by: readonly LabelName[]; of: Node }>
  | Readonly<{ kind: "binary"; op: BinaryOp; left: Node; right: Node }>
  | Readonly<{ kind: "number"; value: number }>
  | Readonly<{ kind: "vector"; value: number }>
  | Readonly<{ kind: "rangeEnd" }>;

/** A metric query: its expression, the unit of its values, the labels of its series, and whether it needs a dashboard. */
export type Metric<U extends Unit = Unit, M extends Mode = Mode> = Readonly<{ kind: "metric"; node: Node; unit: U; by: readonly LabelName[]; mode: M }>;

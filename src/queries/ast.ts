import type { Unit } from "../core/units.ts";
import type * as logql from "../logql/ast.ts";
import type { LabelName } from "../schema.ts";

/** Whether a query is complete as it stands, or needs Grafana to fill in a dashboard's variables. */
export type Mode = "literal" | "variable";

export type Matcher<M extends Mode = Mode> = Readonly<logql.Matcher & { label: LabelName; mode: M }>;
export type Stage = logql.Stage;

/** A log query of the product: a stream selector and its pipeline. */
export type Logs<M extends Mode = Mode> = Readonly<logql.LogQuery & { mode: M }>;

/** `$__auto` follows the panel's step, `$__range` is the dashboard's whole time range. */
export type PanelRange = "$__auto" | "$__range";
/** A window in seconds, or one that only a panel knows. */
export type Range = number | PanelRange;

export type Node = logql.Metric;

/** A metric query: its expression, its values' unit, its series' labels, and whether it needs a dashboard. */
export type Metric<U extends Unit = Unit, M extends Mode = Mode> = Readonly<{
  kind: "metric";
  node: Node;
  unit: U;
  by: readonly LabelName[];
  mode: M;
}>;

import { load } from "../core/libraries.ts";

/** The only door to the Foundation SDK's dashboard v1 model, which file provisioning reads and the SDK deprecates. */
export type { Builder } from "@grafana/grafana-foundation-sdk/cog";
export type {
  Dashboard,
  DataTransformerConfig,
  DynamicConfigValue,
  Panel,
  VariableModel,
} from "@grafana/grafana-foundation-sdk/dashboard";

const dashboard: typeof import("@grafana/grafana-foundation-sdk/dashboard") = load(
  "@grafana/grafana-foundation-sdk/dashboard",
);
const loki: typeof import("@grafana/grafana-foundation-sdk/loki") = load("@grafana/grafana-foundation-sdk/loki");
const barGauge: typeof import("@grafana/grafana-foundation-sdk/bargauge") = load(
  "@grafana/grafana-foundation-sdk/bargauge",
);
const stat: typeof import("@grafana/grafana-foundation-sdk/stat") = load("@grafana/grafana-foundation-sdk/stat");
const table: typeof import("@grafana/grafana-foundation-sdk/table") = load("@grafana/grafana-foundation-sdk/table");
const timeseries: typeof import("@grafana/grafana-foundation-sdk/timeseries") = load(
  "@grafana/grafana-foundation-sdk/timeseries",
);

export const common: typeof import("@grafana/grafana-foundation-sdk/common") = load(
  "@grafana/grafana-foundation-sdk/common",
);
export const {
  AnnotationPanelFilterBuilder,
  AnnotationQueryBuilder,
  CustomVariableBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  FieldColorBuilder,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
  VariableSort,
} = dashboard;
export const LokiQueryBuilder = loki.DataqueryBuilder;
export const BarGaugePanel = barGauge.PanelBuilder;
export const StatPanel = stat.PanelBuilder;
export const TablePanel = table.PanelBuilder;
export const TimeseriesPanel = timeseries.PanelBuilder;

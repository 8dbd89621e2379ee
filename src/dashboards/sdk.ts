/** The only door to the Foundation SDK's dashboard v1 model, which file provisioning reads and the SDK marks as deprecated. */
export { PanelBuilder as BarGaugePanel } from "@grafana/grafana-foundation-sdk/bargauge";
export type { Builder } from "@grafana/grafana-foundation-sdk/cog";
export * as common from "@grafana/grafana-foundation-sdk/common";
export {
  AnnotationQueryBuilder,
  CustomVariableBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type DataTransformerConfig,
  type DynamicConfigValue,
  FieldColorBuilder,
  type Panel,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
export { DataqueryBuilder as LokiQueryBuilder } from "@grafana/grafana-foundation-sdk/loki";
export { PanelBuilder as StatPanel } from "@grafana/grafana-foundation-sdk/stat";
export { PanelBuilder as TablePanel } from "@grafana/grafana-foundation-sdk/table";
export { PanelBuilder as TimeseriesPanel } from "@grafana/grafana-foundation-sdk/timeseries";

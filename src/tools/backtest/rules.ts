import { type Comparison, conditionOf } from "../../alerting/condition.ts";
import { type Alerting, noAlerting, type Rule, readAlerting, withMore } from "../../alerting/provisioned.ts";
import { buildAlerts } from "../../alerts/index.ts";
import { buildNotifications } from "../../alerts/notifications.ts";
import type { Config } from "../../core/config/schema.ts";
import { buildDashboards } from "../../dashboards/index.ts";

/** The rules and notifications of a configuration, read as Grafana reads the generated files. */
export const alertingOf = (config: Config): Alerting =>
  [buildNotifications(config), ...buildAlerts(config, undefined).map(([, file]) => file)]
    .map((file) => readAlerting(file, "the generated rules").alerting)
    .reduce(withMore, noAlerting);

/** What a rule compares, in the unit of the panel that plots it. */
export function comparisonsOf(config: Config): (rule: Rule) => readonly Comparison[] {
  const dashboards = buildDashboards(config);
  return (rule) => {
    const panels = dashboards.find(({ uid }) => uid === rule.panel?.dashboard)?.panels ?? [];
    const panel = panels.find((one) => "id" in one && one.id === rule.panel?.id);
    const unit = panel && "fieldConfig" in panel ? panel.fieldConfig?.defaults.unit : undefined;
    return conditionOf(rule, unit).comparisons;
  };
}

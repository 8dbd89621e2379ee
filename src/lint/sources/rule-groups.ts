import type { About, Found } from "../finding.ts";
import { durationSeconds } from "../parse.ts";
import { logqlIn } from "./dashboards.ts";
import { isLoki, type Sources } from "./datasource.ts";
import { get, listOf, type Node, numberOf, numbersOf, plainOf, textOf } from "./nodes.ts";

/** How often Grafana and Loki's ruler evaluate a group that does not say. */
const DEFAULT_INTERVAL = 60;
const NO_SOURCES: Sources = new Map();

/** The panel that a rule links to. */
function panelOf(rule: Node): string | undefined {
  const dashboard = textOf(get(rule, "dashboardUid")) ?? textOf(get(rule, "annotations", "__dashboardUid__"));
  const panel = plainOf(get(rule, "panelId")) ?? plainOf(get(rule, "annotations", "__panelId__"));
  return dashboard && panel !== undefined && panel !== null ? `${dashboard}/${panel}` : undefined;
}

/** The LogQL of a rule group: Grafana's (`data[].model.expr`) or the ruler's (`expr`). */
export function ofGroup(group: Node): readonly Found[] {
  const given = get(group, "interval");
  const interval = numberOf(given) ?? durationSeconds(textOf(given) ?? "") ?? DEFAULT_INTERVAL;
  return listOf(get(group, "rules")).flatMap((rule) => {
    const unit = textOf(get(rule, "labels", "unit")) ?? textOf(get(rule, "annotations", "unit"));
    const stated = unit ? [{ by: "the rule", unit }] : [];
    const about: About = { role: "rule", interval, stated, thresholds: [], panel: panelOf(rule) };
    const data = listOf(get(rule, "data") ?? get(rule, "grafana_alert", "data"));
    const queries = data.filter((query) => get(query, "model", "expr"));
    const compared = data.flatMap((step) => listOf(get(step, "model", "conditions")).flatMap((condition) => numbersOf(get(condition, "evaluator", "params"))));
    // With several queries, nothing says which of them a threshold is for.
    const thresholds = queries.length === 1 ? compared : [];
    const ofData = queries.flatMap((query) => {
      const loki = isLoki(get(query, "model", "datasource"), NO_SOURCES) ?? isLoki(get(query, "datasourceUid"), NO_SOURCES);
      return logqlIn(get(query, "model", "expr"), loki, { ...about, thresholds });
    });
    return [...ofData, ...logqlIn(get(rule, "expr"), undefined, about)];
  });
}

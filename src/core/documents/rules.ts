import { asList, asObject, asText, get, isObject, type Json, type JsonObject } from "./json.ts";

/** How often Grafana and Loki's ruler evaluate a group that does not say. */
export const DEFAULT_INTERVAL = "1m";

/** The panel that a rule links to, by its dashboard's uid and its own number. */
export function linkOf(rule: Json): Readonly<{ dashboard: string; panel: string }> | undefined {
  const dashboard = asText(get(rule, "dashboardUid") ?? get(rule, "annotations", "__dashboardUid__"));
  const panel = get(rule, "panelId") ?? get(rule, "annotations", "__panelId__") ?? null;
  return dashboard && panel !== null ? { dashboard, panel: String(panel) } : undefined;
}

/** A rule of a Kubernetes resource as provisioning files have it: its steps stand in a list, each with its letter. */
export function ruleOfResource({ spec }: JsonObject): JsonObject {
  const { expressions, ...rule } = asObject(spec);
  const steps = expressions ?? rule.data;
  if (!isObject(steps)) return { ...rule, data: asList(steps) };
  return { ...rule, data: Object.entries(steps).map(([refId, step]) => ({ refId, ...asObject(step) })) };
}

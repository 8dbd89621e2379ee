import { type Dashboard, readDashboard } from "../../view/model.ts";
import { asList, asObject, isObject, type Json } from "./json.ts";
import type { Dashboard as DashboardEntity, Panel } from "./model/model.ts";

/** The properties of overrides as files have them: they are compared by name. */
function withLists(fieldConfig: Json | undefined): Json {
  if (!isObject(fieldConfig)) return {};
  const overrides = asList(fieldConfig.overrides).map((override) => {
    const { properties } = asObject(override);
    if (!isObject(properties)) return override;
    return { ...asObject(override), properties: Object.entries(properties).map(([id, value]) => ({ id, value })) };
  });
  return { ...fieldConfig, overrides };
}

/** A dashboard with some of its panels as the preview reads it, or one sentence on why it cannot. */
export const viewOf = (dashboard: DashboardEntity, panels: readonly Panel[]): Dashboard | string =>
  readDashboard({
    uid: dashboard.title || "-",
    ...dashboard.body,
    panels: panels.map(({ body, box }) => ({ ...body, gridPos: box, fieldConfig: withLists(body.fieldConfig) })),
  });

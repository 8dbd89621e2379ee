import { type Dashboard, readDashboard } from "../../view/model.ts";
import type { Dashboard as DashboardEntity, Panel } from "./model/model.ts";

/** A dashboard with some of its panels as the preview reads it, or one sentence on why it cannot. */
export const viewOf = (dashboard: DashboardEntity, panels: readonly Panel[]): Dashboard | string =>
  readDashboard({
    uid: dashboard.title || "-",
    ...dashboard.body,
    panels: panels.map(({ source, box }) => ({ ...source, gridPos: box })),
  });

import { get, type Json } from "../json.ts";
import type { Dashboard, Panel } from "../model/model.ts";
import type { Side } from "./scope.ts";

export const linkedDashboard = (uid: Json | undefined, { dashboards }: Side["state"]): Dashboard | undefined =>
  dashboards.find(({ id }) => id !== undefined && id === uid);

/** The panel that a rule links to. */
export function linkedPanel({ state, entity: { body } }: Side): Panel | undefined {
  const uid = body.dashboardUid ?? get(body, "annotations", "__dashboardUid__");
  const id = body.panelId ?? get(body, "annotations", "__panelId__");
  return linkedDashboard(uid, state)?.panels.find((panel) => panel.id !== undefined && panel.id === String(id));
}

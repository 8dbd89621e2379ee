import { type Dashboard, readDashboard } from "../../view/model.ts";
import { type Dashboard as DashboardEntity, homeOf, isPanel, type Panel, type State } from "./model/model.ts";

/** A dashboard without its panels, or with one of them alone, as the preview reads it; a sentence on why it cannot. */
export function viewOf(entity: DashboardEntity | Panel, state: State): Dashboard | string {
  const { title, body } = isPanel(entity) ? homeOf(entity, state)! : entity;
  const panels = isPanel(entity) ? [{ ...entity.source, gridPos: entity.box }] : [];
  return readDashboard({ uid: title || "-", ...body, panels });
}

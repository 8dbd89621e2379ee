import type { Streams } from "../../../logql/streams.ts";
import { type Dashboard, type Panel, readDashboard } from "../../../view/model.ts";
import { type Picture, pictureOf } from "../../../view/picture.ts";
import { momentOf } from "../../../view/times.ts";
import type { Subject } from "../compare/report.ts";
import { asList, asObject, isObject, type Json } from "../json.ts";
import type { Panel as PanelEntity, State } from "../model/model.ts";

/** The records that panels are drawn from, and the moment (ms) at which they are. */
export type Drawn = Readonly<{ streams: Streams; now: number }>;

const SIZE = { width: 520, height: 240 };
const POINTS = 360;

/** The properties of overrides as files have them: they are compared by name. */
function withLists(fieldConfig: Json | undefined): Json {
  if (!isObject(fieldConfig)) return {};
  const overrides = asList(fieldConfig.overrides).map((override) => {
    const { properties } = asObject(override);
    return isObject(properties)
      ? { ...asObject(override), properties: Object.entries(properties).map(([id, value]) => ({ id, value })) }
      : override;
  });
  return { ...fieldConfig, overrides };
}

/** A panel as it is drawn, with its dashboard; one sentence where it is none that can be. */
function drawable(
  panel: PanelEntity,
  { dashboards }: State,
): Readonly<{ panel: Panel; dashboard: Dashboard }> | string {
  const dashboard = dashboards.find(({ panels }) => panels.includes(panel));
  const { x, y, w, h } = panel.box;
  const body = { ...panel.body, gridPos: { x, y, w, h }, fieldConfig: withLists(panel.body.fieldConfig) };
  const read = readDashboard({ ...dashboard?.body, panels: [body] });
  return typeof read === "string" ? read : { panel: read.panels[0]!, dashboard: read };
}

function drawn(entity: Subject["from"], state: State, { streams, now }: Drawn): Picture | undefined {
  if (!entity) return undefined;
  const found = drawable(entity as PanelEntity, state);
  if (typeof found === "string") return { colors: [], table: [], missing: found };
  const { panel, dashboard } = found;
  const range = {
    from: momentOf(dashboard.time.from, now) ?? now - 6 * 3_600_000,
    to: momentOf(dashboard.time.to, now) ?? now,
  };
  return pictureOf(panel, { streams, range, points: POINTS, variables: dashboard.templating.list, choice: {} }, SIZE);
}

/** What a panel showed before and shows now. */
export const panelPictures = ({ from, to }: Subject, states: Readonly<{ from: State; to: State }>, records: Drawn) => ({
  before: drawn(from, states.from, records),
  after: drawn(to, states.to, records),
});

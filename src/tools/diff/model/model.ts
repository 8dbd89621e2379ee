import type { JsonObject } from "../json.ts";

export type Kind =
  | "dashboard"
  | "panel"
  | "rule"
  | "retired"
  | "contact point"
  | "policy"
  | "template"
  | "mute timing"
  | "data source"
  | "provider"
  | "loki"
  | "promtail"
  /** What stands around the things of a file. */
  | "wrapper"
  | "file";

/** One named thing of a state: `body` is all of it that is not told in another field. */
export type Entity = Readonly<{ kind: Kind; id: string | undefined; title: string; file: string; body: JsonObject }>;

/** A panel's place in Grafana's grid, 24 columns wide. */
export type Box = Readonly<{ x: number; y: number; w: number; h: number }>;
/** `source`: the panel as its file has it; `row`: the key of the row that it stands in. */
export type Panel = Entity &
  Readonly<{ kind: "panel"; key: string; source: JsonObject; box: Box; row: string | undefined }>;
export type Dashboard = Entity & Readonly<{ kind: "dashboard"; panels: readonly Panel[] }>;

/** Everything that a build folder or a Grafana provisioning folder says. */
export type State = Readonly<{
  dashboards: readonly Dashboard[];
  others: readonly Entity[];
  /** What could not be read and is compared as text, a sentence each. */
  unread?: readonly string[];
}>;

export const isPanel = (entity: Entity): entity is Panel => entity.kind === "panel";
export const isDashboard = (entity: Entity): entity is Dashboard => entity.kind === "dashboard";
/** The dashboard that a panel stands in. */
export const homeOf = (panel: Panel, { dashboards }: State): Dashboard | undefined =>
  dashboards.find(({ panels }) => panels.includes(panel));

/** Files by their path inside a folder. */
export type Files = ReadonlyMap<string, string>;

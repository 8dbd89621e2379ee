import { asText, get } from "../json.ts";
import type { Entity, Panel, State } from "../model/model.ts";
import { cellOf } from "./places.ts";

type Word = (entity: Entity) => string | undefined;
const PANEL: readonly Word[] = [({ id }) => id && `number ${id}`, (panel) => cellOf(panel as Panel)];
const OTHER: readonly Word[] = [({ file }) => file, ({ body }) => asText(get(body, "$group", "name")), ({ id }) => id];

/** A second word for a thing whose title is not its own: a panel's number or place, another's file, group or id. */
export function apartOf(entity: Entity, { dashboards, others }: State): string {
  const isPanel = entity.kind === "panel";
  const home = dashboards.find(({ panels }) => panels.includes(entity as Panel));
  const around: readonly Entity[] = isPanel ? (home?.panels ?? []) : [...dashboards, ...others];
  const like = around.filter(({ kind, title }) => kind === entity.kind && title === entity.title);
  if (entity.title === "" || like.length < 2) return "";
  const words = (isPanel ? PANEL : OTHER).filter((word) => word(entity) !== undefined);
  const own = words.find((word) => like.filter((one) => word(one) === word(entity)).length === 1);
  return (own ?? words.at(-1))?.(entity) ?? "";
}

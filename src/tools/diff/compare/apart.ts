import { asText, get } from "../json.ts";
import type { Dashboard, Entity, Panel, State } from "../model/model.ts";

/** The first of some words that only one of the like has; the last one if none does. */
function firstOwn<T>(entity: T, like: readonly T[], words: readonly ((one: T) => string | undefined)[]): string {
  const own = words.find(
    (word) => word(entity) !== undefined && like.filter((one) => word(one) === word(entity)).length === 1,
  );
  return (own ?? words.at(-1)!)(entity) ?? "";
}

const panelWords: readonly ((panel: Panel) => string | undefined)[] = [
  ({ id }) => id && `number ${id}`,
  ({ box: { x, y } }) => `column ${x}, line ${y}`,
];
const words: readonly ((entity: Entity) => string | undefined)[] = [
  ({ file }) => file,
  ({ body }) => asText(get(body, "$group", "name")),
  ({ id }) => id,
];

/** A second word for a thing whose title is not its own: a panel's number or place, another thing's file, group or id. */
export function apartOf(entity: Entity, { dashboards, others }: State): string {
  const sameTitle = <T extends Entity>(one: T) => one.kind === entity.kind && one.title === entity.title;
  if (entity.title === "") return "";
  if (entity.kind === "panel") {
    const home = dashboards.find(({ panels }) => panels.includes(entity as Panel));
    const like = (home?.panels ?? []).filter(sameTitle);
    return like.length > 1 ? firstOwn(entity as Panel, like, panelWords) : "";
  }
  const all: readonly Entity[] = entity.kind === "dashboard" ? (dashboards as readonly Dashboard[]) : others;
  const like = all.filter(sameTitle);
  return like.length > 1 ? firstOwn(entity, like, words) : "";
}

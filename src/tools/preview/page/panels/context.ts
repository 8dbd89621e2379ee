import type { Events } from "../../../../view/events.ts";
import { holdNothing } from "../../../../view/frames.ts";
import { address } from "../../../../view/links.ts";
import type { Link } from "../../../../view/model.ts";
import type { PanelData } from "../../../../view/panel.ts";
import type { Single } from "../../../../view/values.ts";
import type { PanelModel, Range } from "../api.ts";
import { el } from "../dom.ts";
import type { Charts } from "../library.ts";
import { current, parametersOf } from "../state.ts";

/** What a panel is drawn from. */
export type Drawn = Readonly<{
  model: PanelModel;
  data: PanelData & { readonly range: Range };
  events: readonly Events[];
  zone: string | undefined;
  tooltip: number;
  charts: Charts;
}>;

type Cell = Pick<Single, "frame" | "field" | "row">;
/** Where links lead, with the range and the variables of the page, and of a value on which they stand. */
export function addressed(links: readonly Link[], of?: Cell) {
  const state = current();
  const timeRange = parametersOf({ ...state, choice: {} }).toString();
  const place = { timeRange, variables: parametersOf(state).toString(), ...(of && { of }) };
  return links.map(({ title, url, targetBlank }) => ({
    title,
    href: address(url, place),
    ...(targetBlank && { target: "_blank", rel: "noreferrer" }),
  }));
}
/** The addresses of a value's data links. */
export const linksOf = (cell: Cell) => (cell.field.config.links ? addressed(cell.field.config.links, cell) : []);

/** A text that leads to the first of a value's links, where it has one. */
export function linked(of: Cell, ...children: readonly (Node | string)[]): HTMLElement {
  const [first] = linksOf(of);
  return first ? el("a", first, ...children) : el("span", {}, ...children);
}

export const isEmpty = ({ data }: Drawn): boolean => holdNothing(data.frames);
export const nothing = ({ model }: Drawn): HTMLElement =>
  el("p", { class: "nothing" }, model.noValue || "aucune donnée");

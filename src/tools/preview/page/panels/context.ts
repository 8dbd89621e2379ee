import type { Events } from "../../../../view/events.ts";
import { holdNothing } from "../../../../view/frames.ts";
import { address } from "../../../../view/links.ts";
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

/** The addresses of a value's data links. */
export function linksOf({
  frame,
  field,
  row,
}: Pick<Single, "frame" | "field" | "row">): readonly Readonly<{ title: string; href: string; blank: boolean }>[] {
  const { links = [] } = field.config;
  if (links.length === 0) return [];
  const state = current();
  const parameters = parametersOf(state);
  const timeRange = parametersOf({ ...state, choice: {} }).toString();
  return links.map(({ title, url, targetBlank }) => ({
    title,
    href: address(url, { of: { frame, field, row }, timeRange, variables: parameters.toString() }),
    blank: targetBlank ?? false,
  }));
}

/** A text that leads to the first of a value's links, where it has one. */
export function linked(
  of: Pick<Single, "frame" | "field" | "row">,
  ...children: readonly (Node | string)[]
): HTMLElement {
  const [first] = linksOf(of);
  if (!first || !/^(?:\/|https?:)/.test(first.href)) return el("span", {}, ...children);
  return el(
    "a",
    { href: first.href, title: first.title, ...(first.blank && { target: "_blank", rel: "noreferrer" }) },
    ...children,
  );
}

export const isEmpty = ({ data }: Drawn): boolean => holdNothing(data.frames);
export const nothing = ({ model }: Drawn): HTMLElement =>
  el("p", { class: "nothing" }, model.noValue || "aucune donnée");

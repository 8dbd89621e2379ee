import type { DashboardLink } from "../../../../view/dashboard-links.ts";
import { el, menu } from "../dom.ts";
import { current, parametersOf } from "../state.ts";

/** An address with the range and the variables of the page, where the link keeps them. */
function hrefOf(url: string, { includeVars, keepTime }: DashboardLink): string {
  const { from, to, choice } = current();
  const time = keepTime ? { from, to } : { from: "", to: "" };
  const kept = parametersOf({ ...time, choice: includeVars ? choice : {} }).toString();
  const mark = url.includes("?") ? "&" : "?";
  return kept ? `${url}${mark}${kept}` : url;
}

/** A link above the panels: one address, or a menu of several. */
export function linkButton(link: DashboardLink): HTMLElement {
  const blank = link.targetBlank ? { target: "_blank", rel: "noreferrer" } : {};
  const kind = link.isMenu ? "menu-link" : "dashboard-link";
  const title = link.tooltip || undefined;
  const anchors = link.targets.map((target) =>
    el("a", { class: kind, title, href: hrefOf(target.url, link), ...blank }, target.title),
  );
  return link.isMenu ? menu(`☰ ${link.title}`, { class: "dashboard-links", title }, ...anchors) : anchors[0]!;
}

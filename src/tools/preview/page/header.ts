import type { Preview } from "./api.ts";
import { el } from "./dom.ts";
import { current, parametersOf } from "./state.ts";
import { isDark } from "./theme.ts";

/** A link to a page, which keeps the range and the variables. */
function pageLink(path: string, title: string): HTMLElement {
  const state = current();
  const kept = parametersOf(state).toString();
  const here = state.path === path ? "page" : undefined;
  return el("a", { href: kept ? `${path}?${kept}` : path, "aria-current": here }, title);
}

function noticesOf([first, ...others]: Preview["notices"]): HTMLElement | string {
  if (first === undefined) return "";
  const list = el("ul", {}, ...others.map((notice) => el("li", {}, notice)));
  return el("details", { class: "notices" }, el("summary", {}, `⚠ ${first}`), list);
}

/** What stands above every page: what is shown, the ways to the pages, the switch of the theme, what is amiss. */
export function showHeader({ dashboards, name, notices, rules }: Preview, themed: () => void): void {
  const source = el("span", { class: "source", title: "Les enregistrements montrés" }, name);
  const pages = dashboards.map(({ uid, title }) => pageLink(`/d/${uid}`, title));
  const alerts = pageLink("/alertes", `Alertes (${rules})`);
  const theme = { type: "button", class: "quiet", onclick: themed };
  document
    .getElementById("entete")!
    .replaceChildren(
      el("div", { class: "brand" }, el("strong", {}, "Aperçu"), source),
      el("nav", { "aria-label": "Tableaux de bord" }, ...pages, alerts),
      el("button", theme, isDark() ? "☀ Clair" : "☾ Sombre"),
      noticesOf(notices),
    );
}

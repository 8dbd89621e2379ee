import type { Events } from "../../../view/events.ts";
import type { DashboardModel } from "./api.ts";
import { el } from "./dom.ts";
import { current, go } from "./state.ts";
import { linkButton } from "./toolbar/links.ts";
import { refresher, timePicker } from "./toolbar/times.ts";
import { variableField } from "./toolbar/variables.ts";

/** Shows or hides the events of an annotation. */
function eventSwitch({ name, enabled, error }: Events): HTMLElement {
  const { turned } = current();
  const input = el("input", { type: "checkbox", role: "switch", checked: enabled });
  const next = () => (turned.includes(name) ? turned.filter((one) => one !== name) : [...turned, name]);
  input.addEventListener("change", () => go({ turned: next() }, { replace: true }));
  const title = error ? `Pas montré : ${error}` : undefined;
  return el("label", { class: "switch", title }, input, name, error ? " ⚠" : null);
}

/** The bar above a dashboard's panels. */
export function toolbar(model: DashboardModel, refresh: () => void): HTMLElement {
  const fields = [
    ...model.variables.map(variableField),
    ...model.events.filter(({ hidden }) => !hidden).map(eventSwitch),
  ];
  const links = model.links.map(linkButton);
  const picker = timePicker(model.time, model);
  return el(
    "div",
    { class: "toolbar" },
    el("div", { class: "variables" }, ...fields),
    el("nav", { class: "links", "aria-label": "Liens du tableau de bord" }, ...links),
    el("div", { class: "controls" }, picker, refresher(model.refresh || "", refresh)),
  );
}

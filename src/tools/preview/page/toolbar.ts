import type { Events } from "../../../view/annotations.ts";
import { moment } from "../../../view/format.ts";
import type { ShownVariable } from "../../../view/variables.ts";
import type { DashboardLink, DashboardModel, Range } from "./api.ts";
import { el, menu } from "./dom.ts";
import { current, go, parametersOf, type State } from "./state.ts";

const ALL = "$__all";

/** A variable with choices: they count when the menu closes. */
function choiceMenu({ name, label, options, chosen, multi, all, notShown }: ShownVariable): HTMLElement {
  const picked = new Set(chosen);
  const before = JSON.stringify([...picked]);
  const names = all ? [ALL, ...options] : options;
  const inputs = new Map<string, HTMLInputElement>();
  const update = (value: string, on: boolean) => {
    if (!multi || (value === ALL && on)) picked.clear();
    else if (on) picked.delete(ALL);
    if (on) picked.add(value);
    else picked.delete(value);
    for (const [one, input] of inputs) input.checked = picked.has(one);
  };
  const rows = names.map((value) => {
    const input = el("input", { type: multi ? "checkbox" : "radio", name, checked: picked.has(value) });
    inputs.set(value, input);
    input.addEventListener("change", () => update(value, input.checked));
    return el("label", {}, input, value === ALL ? "Tout" : value);
  });
  const shown = chosen.includes(ALL) ? "Tout" : chosen.join(" + ") || "aucun choix";
  const apply = () => {
    const next = picked.size > 0 || !all ? [...picked] : [ALL];
    if (JSON.stringify(next) !== before) go({ choice: { ...current().choice, [name]: next } });
  };
  const faults = notShown.map((what) => el("p", { class: "fault" }, `Pas montré : ${what}`));
  const body = menu(
    shown,
    { onclose: apply, "aria-label": `${label} : ${shown}` },
    el("div", { class: "choices" }, ...rows),
    ...faults,
  );
  return el(
    "div",
    { class: "variable" },
    el("span", { class: "variable-label" }, label),
    body,
    notShown.length > 0 && el("span", { class: "warn", title: notShown.join(" ; ") }, "⚠"),
  );
}

const TYPING_MS = 300;
function textBox({ name, label, chosen }: ShownVariable): HTMLElement {
  const input = el("input", { type: "search", value: chosen.join(""), "aria-label": label, "data-variable": name });
  let timer: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => go({ choice: { ...current().choice, [name]: [input.value] } }, true), TYPING_MS);
  });
  return el("div", { class: "variable" }, el("span", { class: "variable-label" }, label), input);
}

const QUICK: readonly (readonly [from: string, label: string])[] = [
  ["now-5m", "5 dernières minutes"],
  ["now-15m", "15 dernières minutes"],
  ["now-30m", "30 dernières minutes"],
  ["now-1h", "Dernière heure"],
  ["now-3h", "3 dernières heures"],
  ["now-6h", "6 dernières heures"],
  ["now-12h", "12 dernières heures"],
  ["now-24h", "24 dernières heures"],
  ["now-2d", "2 derniers jours"],
  ["now-7d", "7 derniers jours"],
  ["now-30d", "30 derniers jours"],
];

const local = (ms: number) => moment(ms).replace(" ", "T");

/** The range: quick choices, any two moments, one step back or on, twice as much, and back to the range before. */
export function timePicker(usual: Readonly<{ from: string; to: string }>, range: Range, now: number): HTMLElement {
  const state = current();
  const [from, to] = [state.from || usual.from, state.to || usual.to];
  const quick = to === "now" ? QUICK.find(([wanted]) => wanted === from)?.[1] : undefined;
  const label = quick ?? (to === "now" ? `${from} à maintenant` : `${moment(range.from)} → ${moment(range.to)}`);
  const start = el("input", { type: "datetime-local", step: "1", value: local(range.from), "aria-label": "De" });
  const end = el("input", { type: "datetime-local", step: "1", value: local(range.to), "aria-label": "À" });
  const apply = (event: Event) => {
    event.preventDefault();
    const [first, last] = [Date.parse(start.value), Date.parse(end.value)];
    if (first < last) go({ from: String(first), to: String(last) });
    else end.setCustomValidity("La fin doit suivre le début.");
    end.reportValidity();
  };
  end.addEventListener("input", () => end.setCustomValidity(""));
  const span = range.to - range.from;
  const moveTo = (next: Range) => go({ from: String(Math.round(next.from)), to: String(Math.round(next.to)) });
  const choices = QUICK.map(([wanted, text]) =>
    el(
      "button",
      {
        type: "button",
        class: wanted === from && to === "now" ? "quick on" : "quick",
        onclick: () => go({ from: wanted, to: "now" }),
      },
      text,
    ),
  );
  const picker = menu(
    label,
    { "aria-label": `Période : ${label}`, class: "range" },
    el("form", { class: "between", onsubmit: apply }, start, end, el("button", { type: "submit" }, "Appliquer")),
    ...choices,
  );
  const later = Math.min(span / 2, Math.max(0, now - range.to));
  return el(
    "div",
    { class: "times" },
    el(
      "button",
      {
        type: "button",
        title: "Période précédente",
        "aria-label": "Période précédente",
        onclick: () => moveTo({ from: range.from - span / 2, to: range.to - span / 2 }),
      },
      "‹",
    ),
    picker,
    el(
      "button",
      {
        type: "button",
        title: "Période suivante",
        "aria-label": "Période suivante",
        disabled: later === 0,
        onclick: () => moveTo({ from: range.from + later, to: range.to + later }),
      },
      "›",
    ),
    el(
      "button",
      {
        type: "button",
        title: "Élargir la période",
        "aria-label": "Élargir la période",
        onclick: () => moveTo({ from: range.from - span / 2, to: Math.min(now, range.to + span / 2) }),
      },
      "⊖",
    ),
    el(
      "button",
      {
        type: "button",
        title: "Revenir à la période d'avant",
        "aria-label": "Revenir à la période d'avant",
        onclick: () => history.back(),
      },
      "↶",
    ),
  );
}

const REFRESHES = ["", "5s", "10s", "30s", "1m", "5m", "15m", "1h"];
/** The refresh at once, and every so often. */
export function refresher(usual: string, refresh: () => void): HTMLElement {
  const every = current().refresh ?? usual;
  const names = REFRESHES.includes(every) ? REFRESHES : [...REFRESHES, every];
  const select = el(
    "select",
    { "aria-label": "Actualiser toutes les" },
    ...names.map((one) => el("option", { value: one, selected: one === every }, one === "" ? "jamais" : one)),
  );
  select.addEventListener("change", () => go({ refresh: select.value }, true));
  return el("div", { class: "refresh" }, el("button", { type: "button", onclick: refresh }, "⟳ Actualiser"), select);
}

/** A link to another dashboard, with the range and the variables where it keeps them. */
export function linkHref({ url, includeVars, keepTime }: DashboardLink, state: State): string {
  const kept = parametersOf({
    from: keepTime ? state.from : "",
    to: keepTime ? state.to : "",
    choice: includeVars ? state.choice : {},
  }).toString();
  return kept ? `${url}${url.includes("?") ? "&" : "?"}${kept}` : url;
}

/** The bar above a dashboard's panels. */
export function toolbar(model: DashboardModel, events: readonly Events[], refresh: () => void): HTMLElement {
  const state = current();
  const variables = model.variables.map((variable) =>
    variable.kind === "text" ? textBox(variable) : choiceMenu(variable),
  );
  const switches = events.map(({ name, enabled, error }) => {
    const input = el("input", { type: "checkbox", role: "switch", checked: enabled });
    input.addEventListener("change", () =>
      go({ off: input.checked ? state.off.filter((one) => one !== name) : [...state.off, name] }, true),
    );
    return el(
      "label",
      { class: "switch", title: error ? `Pas montré : ${error}` : undefined },
      input,
      name,
      error ? " ⚠" : null,
    );
  });
  const links = model.links.map((link) =>
    el(
      "a",
      {
        class: "dashboard-link",
        href: linkHref(link, state),
        ...(link.targetBlank && { target: "_blank", rel: "noreferrer" }),
      },
      link.title,
    ),
  );
  return el(
    "div",
    { class: "toolbar" },
    el("div", { class: "variables" }, ...variables, ...switches),
    el("nav", { class: "links", "aria-label": "Liens du tableau de bord" }, ...links),
    el(
      "div",
      { class: "controls" },
      timePicker(model.time, model.range, model.now),
      refresher(model.refresh || "", refresh),
    ),
  );
}

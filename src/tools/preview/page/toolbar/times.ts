import { moment } from "../../../../view/format.ts";
import type { Range } from "../api.ts";
import { el, menu } from "../dom.ts";
import { current, go } from "../state.ts";

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

type Usual = Readonly<{ from: string; to: string }>;

/** The menu of ranges: quick ones, and any two moments. */
function rangeMenu(usual: Usual, range: Range): HTMLElement {
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
  const choices = QUICK.map(([wanted, text]) => {
    const kind = wanted === from && to === "now" ? "quick on" : "quick";
    return el("button", { type: "button", class: kind, onclick: () => go({ from: wanted, to: "now" }) }, text);
  });
  const form = el("form", { class: "between", onsubmit: apply }, start, end, submit());
  return menu(label, { "aria-label": `Période : ${label}`, class: "range" }, form, ...choices);
}
const submit = () => el("button", { type: "submit" }, "Appliquer");

type Press = Readonly<{ sign: string; name: string; press: () => void; disabled?: boolean }>;
const signButton = ({ sign, name, press, disabled = false }: Press) =>
  el("button", { type: "button", title: name, "aria-label": name, disabled, onclick: press }, sign);

/** The range: quick choices, any two moments, one step back or on, twice as much, and back to the range before. */
export function timePicker(usual: Usual, { range, now }: Readonly<{ range: Range; now: number }>): HTMLElement {
  const span = range.to - range.from;
  const later = Math.min(span / 2, Math.max(0, now - range.to));
  const move = (from: number, to: number) => () => go({ from: String(Math.round(from)), to: String(Math.round(to)) });
  const earlier = move(range.from - span / 2, range.to - span / 2);
  const on = move(range.from + later, range.to + later);
  const wider = move(range.from - span / 2, Math.min(now, range.to + span / 2));
  return el(
    "div",
    { class: "times" },
    signButton({ sign: "‹", name: "Période précédente", press: earlier }),
    rangeMenu(usual, range),
    signButton({ sign: "›", name: "Période suivante", press: on, disabled: later === 0 }),
    signButton({ sign: "⊖", name: "Élargir la période", press: wider }),
    signButton({ sign: "↶", name: "Revenir à la période d'avant", press: () => history.back() }),
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
  select.addEventListener("change", () => go({ refresh: select.value }, { replace: true }));
  return el("div", { class: "refresh" }, el("button", { type: "button", onclick: refresh }, "⟳ Actualiser"), select);
}

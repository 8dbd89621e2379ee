import { moment } from "../../../view/format.ts";
import { URGENCY } from "../../../view/stretches.ts";
import type { ShownRule } from "../alerts/view.ts";
import { NAMES } from "./alerts/names.ts";
import { ruleSection } from "./alerts/rule.ts";
import * as api from "./api.ts";
import type { Showing } from "./dashboard.ts";
import { el } from "./dom.ts";
import { current, parametersOf } from "./state.ts";
import { refresher, timePicker } from "./toolbar/times.ts";

/** The parts that a reader opened; at first, the mails of what fires now. */
function openParts(into: HTMLElement, rules: readonly ShownRule[]): ReadonlySet<string> {
  const isFirst = !into.querySelector(".rule");
  const mailing = rules.filter(({ mailCount, state }) => mailCount > 0 && state === "Alerting");
  if (isFirst) return new Set(mailing.map(({ uid }) => `${uid}/Courriels`));
  const parts = [...into.querySelectorAll<HTMLDetailsElement>("details.part")];
  return new Set(parts.filter((part) => part.open).map((part) => part.dataset.part ?? ""));
}

function countsOf(rules: readonly ShownRule[], now: number): string {
  const firing = rules.filter((rule) => rule.state === "Alerting").length;
  return `${rules.length} règles, ${firing} déclenchée${firing > 1 ? "s" : ""} le ${moment(now)}`;
}

function bar({ now, range, rules }: api.Alerts, refresh: () => void): HTMLElement {
  const keys = URGENCY.map((one) => el("span", { class: "key" }, el("span", { class: `dot ${one}` }), NAMES[one]));
  const picker = timePicker({ from: "now-6h", to: "now" }, { range, now });
  return el(
    "div",
    { class: "toolbar" },
    el("p", { class: "counts" }, countsOf(rules, now)),
    el("div", { class: "keys" }, ...keys),
    el("div", { class: "controls" }, picker, refresher("1m", refresh)),
  );
}

/** Every rule: its instances and states now, its timeline, its condition in words, its mails and its runbook. */
export async function showAlerts({ into, anew, refresh }: Showing): Promise<void> {
  const found = await api.alerts(parametersOf({ ...current(), choice: {} }));
  if (current().path !== "/alertes") return;
  document.title = "Alertes — aperçu";
  const open = openParts(into, found.rules);
  const sections = found.rules.map((rule) => ruleSection(rule, { range: found.range, open }));
  const scroll = anew ? scrollY : 0;
  const title = el("h1", { class: "hidden" }, "Alertes");
  into.replaceChildren(title, bar(found, refresh), el("div", { class: "rules" }, ...sections));
  scrollTo(0, scroll);
}

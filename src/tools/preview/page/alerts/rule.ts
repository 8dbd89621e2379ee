import { URGENCY } from "../../../../view/stretches.ts";
import type { ShownInstance, ShownRule } from "../../alerts/view.ts";
import type { Range } from "../api.ts";
import { el } from "../dom.ts";
import { markdown } from "../markdown.ts";
import { current, parametersOf } from "../state.ts";
import { instanceRow } from "./instance.ts";
import { mails } from "./mails.ts";
import { badge, named } from "./names.ts";

const severities: Readonly<Record<string, string>> = { critical: "critique", warning: "avertissement" };

const byUrgency = (a: ShownInstance, b: ShownInstance) =>
  URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state) || named(a).localeCompare(named(b));

const isQuiet = ({ stretches }: ShownInstance) => stretches.every(({ state }) => state === "Normal");

function panelLink({ panel }: ShownRule): HTMLElement | null {
  if (!panel) return null;
  const kept = parametersOf(current());
  const parameters = new URLSearchParams([["viewPanel", String(panel.id)], ...kept]);
  return el("a", { href: `/d/${panel.dashboard}?${parameters}` }, "Voir le panneau");
}

function heading(rule: ShownRule): HTMLElement {
  const title = el("h2", { id: `regle-${rule.uid}` }, rule.title);
  const severity = el("span", { class: "severity" }, severities[rule.severity] ?? rule.severity);
  return el("header", {}, title, badge(rule.state), severity, panelLink(rule));
}

type Part = Readonly<{ name: string; children: readonly Node[] }>;

/** Everything about one rule; `open` are the parts that a reader opened. */
export function ruleSection(
  rule: ShownRule,
  { range, open }: Readonly<{ range: Range; open: ReadonlySet<string> }>,
): HTMLElement {
  const none = "Aucune instance sur cette période : rien ne remplit ni n'approche la condition.";
  const runbook = rule.runbook
    ? markdown(rule.runbook)
    : el("p", { class: "none" }, "Cette règle n'a pas de procédure ici.");
  const part = ({ name, children }: Part) => {
    const key = `${rule.uid}/${name.replace(/ \(\d+\)$/, "")}`;
    const about = { class: "part", open: open.has(key), "data-part": key };
    return el("details", about, el("summary", {}, name), ...children);
  };
  const row = (instance: ShownInstance) => instanceRow(rule, instance, range);
  const sorted = [...rule.instances].sort(byUrgency);
  const [eventful, quiet] = [sorted.filter((one) => !isQuiet(one)), sorted.filter(isQuiet)];
  const calm = { name: `Normales sur toute la période (${quiet.length})`, children: quiet.map(row) };
  const queries = rule.queries.map(({ refId, expr }) => el("pre", {}, `${refId} : ${expr}`));
  return el(
    "section",
    { class: "rule", "data-rule": rule.uid, "data-state": rule.state, "aria-labelledby": `regle-${rule.uid}` },
    heading(rule),
    el("p", { class: "words" }, rule.words),
    rule.error ? el("p", { class: "fault", role: "alert" }, rule.error) : null,
    sorted.length === 0 && !rule.error ? el("p", { class: "none" }, none) : null,
    ...eventful.map(row),
    quiet.length > 0 && part(calm),
    part({ name: "Courriels", children: [mails(rule)] }),
    part({ name: "Procédure", children: [runbook] }),
    part({ name: "Requêtes", children: queries }),
  );
}

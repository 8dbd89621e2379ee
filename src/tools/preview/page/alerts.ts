import type { State } from "../../../alerting/states.ts";
import { formatted, moment } from "../../../view/format.ts";
import type { ShownInstance, ShownRule } from "../alerts/view.ts";
import * as api from "./api.ts";
import type { Showing } from "./dashboard.ts";
import { el } from "./dom.ts";
import { markdown } from "./markdown.ts";
import { current, parametersOf } from "./state.ts";
import { refresher, timePicker } from "./toolbar/times.ts";

const NAMES: Readonly<Record<State, string>> = {
  Normal: "normal",
  Pending: "en attente",
  Alerting: "déclenchée",
  Recovering: "en rétablissement",
  NoData: "sans données",
  Error: "en erreur",
};

const badge = (state: State) => el("span", { class: `state ${state}` }, NAMES[state]);
/** An instance by its labels; Grafana keeps one of its own for a query that gives nothing. */
const named = ({ labels }: ShownInstance) => {
  if ("datasource_uid" in labels && "ref_id" in labels) return `rien à mesurer (requête ${labels.ref_id})`;
  return Object.values(labels).join(" · ") || "ensemble";
};

const WIDTH = 1000;
const HEIGHT = 60;
const SVG = "http://www.w3.org/2000/svg";
function svg(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** The measured values of an instance above its states, with a line at each limit. */
function measured(rule: ShownRule, instance: ShownInstance, range: api.Range): readonly HTMLElement[] {
  return rule.comparisons.map(({ limits, unit, name, refId }, index) => {
    const points = instance.values[index]!;
    const values = points.flatMap(([, value]) => (value === null ? [] : [value]));
    const most = Math.max(...limits, ...values) * 1.1 || 1;
    const x = (time: number) => (((time - range.from) / (range.to - range.from)) * WIDTH).toFixed(1);
    const y = (value: number) => (HEIGHT - (Math.max(0, value) / most) * HEIGHT).toFixed(1);
    let pen = "M";
    const path = points
      .map(([time, value]) => {
        const step = value === null ? "" : `${pen}${x(time)} ${y(value)}`;
        pen = value === null ? "M" : "L";
        return step;
      })
      .join("");
    const chart = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    for (const limit of limits)
      chart.append(svg("line", { x1: 0, x2: WIDTH, y1: y(limit), y2: y(limit), class: "limit" }));
    chart.append(svg("path", { d: path || "M0 0", class: "value" }));
    const written = (value: number) => Object.values(formatted(value, unit)).join("");
    const last = points.findLast(([, value]) => value !== null)?.[1];
    const worst = values.length > 0 ? `au plus ${written(Math.max(...values))}` : "aucune valeur";
    const text = `${name === "la valeur" ? "Mesuré" : name} : ${typeof last === "number" ? written(last) : "—"} maintenant, ${worst} ; seuil ${limits.map(written).join(" et ")}`;
    return el(
      "figure",
      { class: "measured", "data-ref": refId, "data-last": last ?? "" },
      chart as unknown as Node,
      el("figcaption", {}, text),
    );
  });
}

function timeline({ stretches }: ShownInstance, range: api.Range, zone?: string): HTMLElement {
  const width = range.to - range.from;
  const parts = stretches.map(({ from, to, state }) => {
    const text = `${NAMES[state]} du ${moment(from, zone)} au ${moment(to, zone)}`;
    return el("span", {
      class: `stretch ${state}`,
      style: `left:${((from - range.from) / width) * 100}%;width:${((to - from) / width) * 100}%`,
      title: text,
    });
  });
  const notable = stretches.filter(({ state }) => state !== "Normal");
  const words =
    notable.length === 0
      ? "normal sur toute la période"
      : notable.map(({ from, to, state }) => `${NAMES[state]} du ${moment(from)} au ${moment(to)}`).join(" ; ");
  return el("div", { class: "timeline", role: "img", "aria-label": words }, ...parts);
}

function instanceRow(rule: ShownRule, instance: ShownInstance, range: api.Range): HTMLElement {
  return el(
    "div",
    { class: "instance", "data-instance": named(instance), "data-state": instance.state },
    el(
      "div",
      { class: "instance-head" },
      el("strong", {}, named(instance)),
      badge(instance.state),
      el("span", { class: "since" }, `depuis le ${moment(instance.since)}`),
    ),
    ...measured(rule, instance, range),
    timeline(instance, range),
    instance.summary ? el("p", { class: "summary" }, instance.summary) : null,
  );
}

const severities: Readonly<Record<string, string>> = { critical: "critique", warning: "avertissement" };
const ORDER: readonly State[] = ["Alerting", "Error", "Pending", "Recovering", "NoData", "Normal"];

function mails({ mails: all, mailCount }: ShownRule): HTMLElement {
  if (mailCount === 0) return el("p", { class: "none" }, "Aucun courriel ne serait parti sur cette période.");
  const list = [...all]
    .reverse()
    .map(({ at, to, subject, text }, index) =>
      el(
        "details",
        { class: "mail", open: index === 0 },
        el("summary", {}, `${moment(at * 1000)} — ${subject}`),
        el("p", { class: "to" }, `À : ${to}`),
        el("pre", {}, text),
      ),
    );
  const more = mailCount > all.length ? ` Les ${all.length} derniers :` : "";
  return el(
    "div",
    {},
    el(
      "p",
      {},
      `${mailCount} courriel${mailCount > 1 ? "s seraient partis" : " serait parti"} sur cette période ; l'aperçu n'envoie rien.${more}`,
    ),
    ...list,
  );
}

function ruleSection(rule: ShownRule, range: api.Range, open: ReadonlySet<string>): HTMLElement {
  const kept = parametersOf(current()).toString();
  const panel =
    rule.panel &&
    el(
      "a",
      { href: `/d/${rule.panel.dashboard}?viewPanel=${rule.panel.id}${kept ? `&${kept}` : ""}` },
      "Voir le panneau",
    );
  const ordered = [...rule.instances].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (named(a) < named(b) ? -1 : 1),
  );
  const part = (name: string, ...children: readonly (Node | null)[]) =>
    el(
      "details",
      { class: "part", open: open.has(`${rule.uid}/${name}`), "data-part": `${rule.uid}/${name}` },
      el("summary", {}, name),
      ...children,
    );
  return el(
    "section",
    { class: "rule", "data-rule": rule.uid, "data-state": rule.state, "aria-labelledby": `regle-${rule.uid}` },
    el(
      "header",
      {},
      el("h2", { id: `regle-${rule.uid}` }, rule.title),
      badge(rule.state),
      el("span", { class: "severity" }, severities[rule.severity] ?? rule.severity),
      panel ?? null,
    ),
    el("p", { class: "words" }, rule.words),
    rule.error ? el("p", { class: "fault", role: "alert" }, rule.error) : null,
    ordered.length === 0
      ? el("p", { class: "none" }, "Aucune instance sur cette période : rien ne remplit ni n'approche la condition.")
      : null,
    ...ordered.map((instance) => instanceRow(rule, instance, range)),
    part("Courriels", mails(rule)),
    part(
      "Procédure",
      rule.runbook ? markdown(rule.runbook) : el("p", { class: "none" }, "Cette règle n'a pas de procédure ici."),
    ),
    part("Requêtes", ...rule.queries.map(({ refId, expr }) => el("pre", {}, `${refId} : ${expr}`))),
  );
}

/** Every rule: its instances and states now, its timeline, its condition in words, its mails and its runbook. */
export async function showAlerts({ into, anew, refresh }: Showing): Promise<void> {
  const state = current();
  const { now, range, rules } = await api.alerts(parametersOf({ ...state, choice: {} }));
  if (current().path !== "/alertes") return;
  document.title = "Alertes — aperçu";
  const isFirst = !into.querySelector(".rule");
  const open = new Set(
    [...into.querySelectorAll<HTMLDetailsElement>("details.part")]
      .filter((part) => part.open)
      .map((part) => part.dataset.part ?? ""),
  );
  if (isFirst)
    for (const rule of rules) if (rule.mailCount > 0 && rule.state === "Alerting") open.add(`${rule.uid}/Courriels`);
  const firing = rules.filter((rule) => rule.state === "Alerting").length;
  const legend = ORDER.map((one) => el("span", { class: "key" }, el("span", { class: `dot ${one}` }), NAMES[one]));
  const scroll = anew ? scrollY : 0;
  into.replaceChildren(
    el("h1", { class: "hidden" }, "Alertes"),
    el(
      "div",
      { class: "toolbar" },
      el(
        "p",
        { class: "counts" },
        `${rules.length} règles, ${firing} déclenchée${firing > 1 ? "s" : ""} à ${moment(now)}`,
      ),
      el("div", { class: "keys" }, ...legend),
      el("div", { class: "controls" }, timePicker({ from: "now-6h", to: "now" }, range, now), refresher("1m", refresh)),
    ),
    el("div", { class: "rules" }, ...rules.map((rule) => ruleSection(rule, range, open))),
  );
  scrollTo(0, scroll);
}

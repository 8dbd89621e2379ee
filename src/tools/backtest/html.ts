import { summaryOf } from "../../alerting/backtest/firings.ts";
import type { Unit } from "../../core/units.ts";
import { figure } from "../../view/figure.ts";
import { escaped, page } from "../../view/page.ts";
import { LEGEND, timelineChart } from "../../view/timeline.ts";
import { nameOf, rangeOf, timelineRows } from "../../view/timeline-rows.ts";
import type { Column, Outcome, Row } from "./judge.ts";
import type { BackTestReport } from "./report.ts";
import { clock, inUnit, signed, spoken } from "./words.ts";

const french = (text: string) => text.replace(/\bd\b/g, "j");
const cell = (text: string) => `<td class="number">${escaped(text)}</td>`;
const head = (names: readonly string[]) =>
  `<thead><tr>${names.map((name, index) => `<th scope="col"${index > 0 ? ' class="number"' : ""}>${escaped(name)}</th>`).join("")}</tr></thead>`;
const row = (name: string, cells: readonly string[]) => `<tr><th scope="row">${escaped(name)}</th>${cells.map(cell).join("")}</tr>`;
const table = (names: readonly string[], rows: readonly string[]) =>
  `<div class="wide"><table>${head(names)}<tbody>\n${rows.join("\n")}\n</tbody></table></div>`;

const cellsOf = (firings: Parameters<typeof summaryOf>[0]): readonly string[] => {
  const { count, first, longest, total } = summaryOf(firings);
  if (count === 0) return ["0", "—", "—", "—"];
  return [String(count), clock(first!), french(spoken(longest)), french(spoken(total))];
};

const distances = ({ distances: all }: Outcome) => {
  const rows = all.map(({ name, unit, threshold, p50, p95, max }) =>
    row(name, [threshold === undefined ? "le sien" : inUnit(threshold, unit), ...[p50, p95, max].map((value) => signed(value, unit as Unit))]),
  );
  return rows.length > 0 ? table(["Distance au seuil", "Seuil", "p50", "p95", "Maximum"], rows) : "";
};

function outcomeHtml({ value, isNow, outcome }: Column, { rule }: Row, id: string): string {
  const title = value === "" ? "" : `<h3>${escaped(value)}${isNow ? " (actuel)" : ""}</h3>`;
  if (!outcome) return `${title}<p class="none">Non jugée : les enregistrements sont trop courts pour elle.</p>`;
  const { test, mails } = outcome;
  const range = rangeOf(test.period);
  const rows = timelineRows(test);
  const all = test.instances.flatMap(({ firings }) => firings);
  const told = `${mails.total} courriel${mails.total > 1 ? "s" : ""}, dont ${mails.repeat} rappel${mails.repeat > 1 ? "s" : ""} et ${mails.ended} de fin.`;
  const lines = [row("Toutes", cellsOf(all)), ...test.instances.map(({ labels, firings }) => row(nameOf(labels), cellsOf(firings)))];
  const summary = table(["Instance", "Déclenchements", "Premier (UTC)", "Plus long", "Total"], lines);
  const chart = timelineChart({ title: `${rule.title}${value === "" ? "" : ` · ${value}`}`, description: LEGEND, range, rows });
  const drawn = rows.length > 0 ? figure(chart, id) : `<p class="none">Aucune instance : rien n'approche la condition.</p>`;
  return [title, drawn, `<p>${escaped(told)}</p>`, summary, distances(outcome)].join("\n");
}

/** The back-test as one page, in French, with timelines, values and thresholds. */
export function html({ logs, records, period, rows, notes }: BackTestReport): string {
  const sections = rows.map((one, index) => {
    const setting = one.setting === undefined ? "" : `<p>Réglage essayé : <code>${escaped(one.setting)}</code></p>`;
    const columns = one.columns.map((column, place) => outcomeHtml(column, one, `regle-${index}-${place}`));
    return `<section><h2>${escaped(one.rule.title)}</h2>${setting}${columns.join("\n")}</section>`;
  });
  return page({
    title: "Les alertes, rejouées sur vos enregistrements",
    period: `du ${clock(period.from)} au ${clock(period.to)} (UTC)`,
    made: `${records} enregistrements de ${logs}${notes.length > 0 ? ` · ${notes.join(" ")}` : ""}`,
    main: sections.join("\n"),
  });
}

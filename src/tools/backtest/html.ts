import { type Summary, summaryOf } from "../../alerting/history/firings.ts";
import { spoken } from "../../core/durations.ts";
import { type Html, html, nothing, onLines } from "../../core/html.ts";
import { clock } from "../../core/moment.ts";
import { figure } from "../../view/figure.ts";
import { pageOf } from "../../view/page.ts";
import { type TableRow, tableHtml } from "../../view/table.ts";
import { timelineChart } from "../../view/timeline.ts";
import { nameOf, rangeOf, timelineRows } from "../../view/timeline-rows.ts";
import type { Column, Outcome, Row } from "./judge.ts";
import { type BackTestReport, isQuiet } from "./report.ts";
import { inUnit, signed } from "./words.ts";

const french = (text: string) => text.replace(/\bd\b/g, "j");
const cellsOf = ({ count, first, longest, total }: Summary): readonly string[] =>
  first === undefined
    ? ["0", "—", "—", "—"]
    : [String(count), clock(first), french(spoken(longest)), french(spoken(total))];

function distances({ distances: all }: Outcome): Html {
  const head = ["Distance au seuil", "Seuil", "p50", "p95", "Maximum"];
  const rows = all.map(({ name, unit, threshold, p50, p95, max }): TableRow => {
    const limit = threshold === undefined ? "le sien" : inUnit(threshold, unit);
    return [name, limit, ...[p50, p95, max].map((value) => signed(value, unit))];
  });
  return rows.length > 0 ? tableHtml({ head, rows, numbers: true }) : nothing;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count > 1 ? "s" : ""}`;

function outcomeHtml(
  { value, isNow, outcome }: Column,
  { rule, id }: Pick<Row, "rule"> & Readonly<{ id: string }>,
): Html {
  const current = isNow ? " (actuel)" : "";
  const title = value === "" ? nothing : html`<h3>${value}${current}</h3>`;
  if (!outcome) return html`${title}<p class="none">Non jugée : les enregistrements sont trop courts pour elle.</p>`;
  const { test, mails } = outcome;
  const rows = timelineRows(test);
  const mailsInWords = `${counted(mails.total, "courriel")}, dont ${counted(mails.repeat, "rappel")} et ${mails.ended} de fin.`;
  const instances = test.instances.map(
    ({ labels, firings }): TableRow => [nameOf(labels), ...cellsOf(summaryOf(firings))],
  );
  const summary = tableHtml({
    head: ["Instance", "Déclenchements", "Premier (UTC)", "Plus long", "Total"],
    rows: [["Toutes", ...cellsOf(test.summary)], ...instances],
    numbers: true,
  });
  const named = `${rule.title}${value === "" ? "" : ` · ${value}`}`;
  const chart = timelineChart({ title: named, language: "fr", range: rangeOf(test.period), rows });
  const drawn =
    rows.length > 0 ? figure(chart, id) : html`<p class="none">Aucune instance : rien n'approche la condition.</p>`;
  return html`${title}${drawn}<p>${mailsInWords}</p>${summary}${distances(outcome)}`;
}

/** The back-test as one page, in French, with timelines, values and thresholds. */
export function page({ logs, records, period, rows }: BackTestReport): string {
  const sections = rows.map((one, index) => {
    const setting = one.setting === undefined ? nothing : html`<p>Réglage essayé : <code>${one.setting}</code></p>`;
    const columns = one.columns.map((column, place) => outcomeHtml(column, { ...one, id: `regle-${index}-${place}` }));
    return html`<section><h2>${one.rule.title}</h2>${setting}${onLines(columns)}</section>`;
  });
  return pageOf({
    title: "Les alertes, rejouées sur vos enregistrements",
    period: `du ${clock(period.from)} au ${clock(period.to)} (UTC)`,
    made: `${records} enregistrements de ${logs}${isQuiet(rows) ? " · Rien ne se serait déclenché." : ""}`,
    main: onLines(sections),
  });
}

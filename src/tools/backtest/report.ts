import { absences } from "../../alerting/absences.ts";
import { type Summary, summaryOf } from "../../alerting/history/firings.ts";
import type { Period } from "../../alerting/history/period.ts";
import { spoken } from "../../core/durations.ts";
import { clock } from "../../core/moment.ts";
import { largest } from "../../core/numbers.ts";
import { visibleJson } from "../../core/visible.ts";
import type { Column, Row } from "./judge.ts";

/** All that is told: of which records, in which period, and what stands below the tables. */
export type BackTestReport = Readonly<{
  logs: string;
  records: number;
  period: Period;
  rows: readonly Row[];
  notes: readonly string[];
}>;

const judgedIn = ({ columns }: Row) => columns.some(({ outcome }) => outcome !== undefined);
const firesIn = ({ columns }: Row) => columns.some(({ outcome }) => (outcome?.test.summary.count ?? 0) > 0);

/** Whether nothing that was judged would have fired. */
export const isQuiet = (rows: readonly Row[]): boolean => rows.some(judgedIn) && !rows.some(firesIn);

/** What the tables do not say: that nothing fired, and which rules need longer records. */
export function notesOf(rows: readonly Row[], period: Period): readonly string[] {
  const tried = rows.filter(({ setting }) => setting !== undefined).map(({ rule }) => rule.uid);
  const nobody =
    tried.length > 0 ? `${[...new Set(tried)].join(", ")} would not have fired` : "No rule would have fired";
  const quiet = isQuiet(rows) ? [`${nobody}.`] : [];
  const short = rows
    .filter((row) => !judgedIn(row))
    .map(({ rule }) => {
      const needed = largest(absences(rule.judged), 0);
      return `${rule.uid} is not judged: it asks for a silence of ${spoken(needed)}, and the records begin less than that before ${clock(period.to)} UTC.`;
    });
  return [...quiet, ...short];
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

const summaryJson = ({ count, first, longest, total }: Summary) => ({
  fired: count,
  first: first === undefined ? null : iso(first),
  longest,
  total,
});

function columnJson({ value, isNow, outcome }: Column) {
  const named = value === "" ? {} : { value, now: isNow };
  if (!outcome) return { ...named, judged: false };
  const { test, mails, distances } = outcome;
  return {
    ...named,
    judged: true,
    from: iso(test.period.from),
    to: iso(test.period.to),
    ...summaryJson(test.summary),
    instances: test.instances.map(({ labels, firings }) => ({
      labels,
      ...summaryJson(summaryOf(firings)),
      firings: firings.map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
    })),
    mails,
    distances,
  };
}

/**
 * `{logs, records, from, to, rules: [{rule, title, setting?, columns: [{value?, now?, judged, from, to, fired, first,
 * longest, total, instances: [{labels, fired, first, longest, total, firings}], mails: {total, new, ended, repeat},
 * distances: [{name, unit, threshold?, p50, p95, max}]}]}], notes}`; durations in seconds, distances in the unit's own.
 */
export function json({ logs, records, period, rows, notes }: BackTestReport): string {
  const rules = rows.map(({ rule, setting, columns }) => ({
    rule: rule.uid,
    title: rule.title,
    ...(setting !== undefined && { setting }),
    columns: columns.map(columnJson),
  }));
  return visibleJson(
    `${JSON.stringify({ logs, records, from: iso(period.from), to: iso(period.to), rules, notes }, null, 2)}\n`,
  );
}

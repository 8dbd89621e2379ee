import { type FiringInstance, type Summary, summaryOf } from "../../alerting/history/firings.ts";
import type { Distance } from "../../alerting/history/readings.ts";
import { aligned } from "../../core/columns.ts";
import { spoken } from "../../core/durations.ts";
import { clock } from "../../core/moment.ts";
import { plural } from "../../core/printable.ts";
import { nameOf } from "../../view/timeline-rows.ts";
import type { Column, Outcome, Row } from "./judge.ts";
import type { BackTestReport } from "./report.ts";
import { inUnit, signed } from "./words.ts";

type Line = readonly string[];

/** The first column is a name, the others stand to the right. */
const table = (lines: readonly Line[]): string => aligned(lines, { right: 1 }).join("\n");

const mailed = ({ mails: { total, repeat, ended } }: Outcome): string => {
  const parts = [repeat > 0 && `${repeat} again`, ended > 0 && `${ended} over`].filter(Boolean);
  return `${total}${parts.length > 0 ? ` (${parts.join(", ")})` : ""}`;
};
/** How often, when first, for how long at most and in all. */
const FIRED = ["fired", "first", "longest", "total"] as const;
const fired = ({ count, first, longest, total }: Summary): Record<(typeof FIRED)[number], string> =>
  first === undefined
    ? { fired: "0", first: "-", longest: "-", total: "-" }
    : { fired: String(count), first: clock(first), longest: spoken(longest), total: spoken(total) };
const firedLine = (summary: Summary): Line => Object.values(fired(summary));

function ruleLine({ rule, columns: [column] }: Row): Line {
  const outcome = column?.outcome;
  if (!outcome) return [rule.uid, "not judged", "", "", "", ""];
  return [rule.uid, ...firedLine(outcome.test.summary), mailed(outcome)];
}

const MOST_INSTANCES = 10;
function instanceLines(row: Row): readonly Line[] {
  const all = row.columns[0]?.outcome?.test.instances ?? [];
  const line = ({ labels, firings }: FiringInstance): Line => [
    `${row.rule.uid}  ${nameOf(labels, "everything")}`,
    ...firedLine(summaryOf(firings)),
  ];
  const more =
    all.length > MOST_INSTANCES ? [[`${row.rule.uid}  … and ${all.length - MOST_INSTANCES} more`, "", "", "", ""]] : [];
  return [...all.slice(0, MOST_INSTANCES).map(line), ...more];
}

const distanceLine = (rule: string, { name, unit, threshold, p50, p95, max }: Distance): Line => [
  `${rule}  ${name}`,
  threshold === undefined ? "its own" : inUnit(threshold, unit),
  ...[p50, p95, max].map((value) => signed(value, unit)),
];

function usual(rows: readonly Row[]): readonly string[] {
  const instances = rows.flatMap(instanceLines);
  const distances = rows.flatMap(({ rule, columns: [column] }) =>
    (column?.outcome?.distances ?? []).map((one) => distanceLine(rule.uid, one)),
  );
  return [
    table([["rule", ...FIRED, "mails"], ...rows.map(ruleLine)]),
    ...(instances.length > 0 ? [table([["instance", ...FIRED], ...instances])] : []),
    ...(distances.length > 0
      ? [table([["distance of the value from the threshold", "threshold", "p50", "p95", "maximum"], ...distances])]
      : []),
  ];
}

type Measure = readonly [name: string, of: (outcome: Outcome) => string];
const measured = (name: (typeof FIRED)[number]): Measure => [name, ({ test }) => fired(test.summary)[name]];
const MEASURES: readonly Measure[] = [
  measured("fired"),
  ["instances", ({ test }) => String(test.instances.length)],
  measured("first"),
  measured("longest"),
  measured("total"),
  ["mails", mailed],
];

/** The distances of all columns, a line for each share of the values. */
function distanceMeasures(columns: readonly Column[]): readonly Measure[] {
  const names = [...new Set(columns.flatMap(({ outcome }) => outcome?.distances.map(({ name }) => name) ?? []))];
  const shares = [
    ["p50", "p50"],
    ["p95", "p95"],
    ["maximum", "max"],
  ] as const;
  return names.flatMap((name) =>
    shares.map(
      ([title, key]): Measure => [
        `${name}, ${title}`,
        ({ distances }) => {
          const found = distances.find((one) => one.name === name);
          return found ? signed(found[key], found.unit) : "-";
        },
      ],
    ),
  );
}

function tried({ rule, setting, columns }: Row): string {
  const head = [`${rule.uid}, ${setting}`, ...columns.map(({ value, isNow }) => (isNow ? `${value} (now)` : value))];
  const lines = [...MEASURES, ...distanceMeasures(columns)].map(([name, of]) => [
    name,
    ...columns.map(({ outcome }) => (outcome ? of(outcome) : "not judged")),
  ]);
  return table([head, ...lines]);
}

/** The back-test as tables for a terminal. */
export function terminal({ logs, records, period, rows, notes }: BackTestReport): string {
  const head = `${plural(records, "record")} of ${logs}, ${clock(period.from)} to ${clock(period.to)} UTC`;
  const isTry = rows.some(({ setting }) => setting !== undefined);
  const tables = isTry ? rows.map(tried) : usual(rows);
  return `${[head, ...tables, ...notes].join("\n\n")}\n`;
}

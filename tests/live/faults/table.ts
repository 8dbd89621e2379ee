import { positions } from "../../../src/tools/reconcile/positions.ts";
import { explanationOf, figureNames, figureOf } from "./explanations.ts";
import type { Row } from "./run.ts";

const columns = {
  fault: 20,
  collector: 10,
  "at (Kafka/Loki)": 16,
  lost: 8,
  twice: 8,
  "doubled in Kafka": 17,
  refused: 8,
  "false rejects": 14,
  "catch-up s": 11,
  notes: 0,
} as const;
const widths = Object.values(columns);
const aligned = (cells: readonly unknown[]) => {
  const padded = cells.map((cell, index) => String(cell).padEnd(widths[index]!));
  return padded.join(" ").trimEnd();
};
export const share = (value: number) => `${Math.round(100 * value)} %`;

const counts = (names: readonly string[]) =>
  [...new Set(names)].map((name) => `${name} ended by itself ${names.filter((other) => other === name).length}×`);

/** What a reader should know besides the figures. */
export const notes = (row: Row): string[] => [
  ...counts(row.ended),
  ...(row.neverInKafka > 0 ? [`${row.neverInKafka} never reached Kafka`] : []),
  ...(row.unfinished ? ["had not settled when the waiting ended"] : []),
];

export const header = aligned(Object.keys(columns));
export const line = (row: Row): string =>
  aligned([
    row.fault,
    row.collector,
    `${share(row.at.kafka)} / ${share(row.at.loki)}`,
    ...[row.lost.length, row.twice, row.doubledInKafka, row.refused, row.falseRejects],
    row.catchUp.toFixed(1),
    [...notes(row), ...(row.lost.length > 0 ? [`lost: ${spans(row.lost)}`] : [])].join("; "),
  ]);

/** Numbers as spans, the first few of them. */
export function spans(numbers: readonly number[], most = 5): string {
  const set = positions();
  for (const number of numbers) set.add(number);
  const all = set.ranges(Number.POSITIVE_INFINITY);
  return `${all.slice(0, most).join(", ")}${all.length > most ? ` and ${all.length - most} more spans` : ""}`;
}

/** Why a row misses its goal. Promtail cannot reach it, so only what reached Kafka counts for its rows. */
export function failures(row: Row): string[] {
  const missed: string[] = [];
  if (row.neverInKafka > 0) missed.push(`${row.neverInKafka} records never reached Kafka`);
  if (row.collector === "promtail") return missed;
  for (const figure of ["lost", "twice", "falseRejects"] as const)
    if (figureOf(row, figure) > 0 && !explanationOf(row, figure)?.lokisOwn)
      missed.push(`${figureOf(row, figure)} ${figureNames[figure]}`);
  if (row.unfinished) missed.push("it had not settled when the waiting ended");
  return missed;
}

import { explanationOf, figureNames, figureOf } from "./explanations.ts";
import type { Row } from "./run.ts";

const columns = [
  "fault",
  "collector",
  "at (Kafka/Loki)",
  "lost",
  "twice",
  "doubled in Kafka",
  "refused",
  "false rejects",
  "catch-up s",
  "notes",
] as const;
const widths = [20, 10, 16, 8, 8, 17, 8, 14, 11, 0] as const;
const aligned = (cells: readonly string[]) =>
  cells
    .map((cell, index) => cell.padEnd(widths[index]!))
    .join(" ")
    .trimEnd();
export const share = (value: number) => `${Math.round(100 * value)} %`;

const counts = (names: readonly string[]) =>
  [...new Set(names)].map((name) => `${name} ended by itself ${names.filter((other) => other === name).length}×`);

/** What a reader should know besides the figures. */
export const notes = (row: Row): string[] => [
  ...counts(row.ended),
  ...(row.neverInKafka > 0 ? [`${row.neverInKafka} never reached Kafka`] : []),
  ...(row.unfinished ? ["had not settled when the waiting ended"] : []),
];

export const header = aligned(columns);
export const line = (row: Row): string =>
  aligned([
    row.fault,
    row.collector,
    `${share(row.at.kafka)} / ${share(row.at.loki)}`,
    String(row.lost.length),
    String(row.twice),
    String(row.doubledInKafka),
    String(row.refused),
    String(row.falseRejects),
    row.catchUp.toFixed(1),
    [...notes(row), ...(row.lost.length > 0 ? [`lost: ${spans(row.lost)}`] : [])].join("; "),
  ]);

/** Ascending numbers as spans, the first few of them. */
export function spans(numbers: readonly number[], most = 5): string {
  const all: [number, number][] = [];
  for (const number of numbers) {
    const last = all.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else all.push([number, number]);
  }
  const shown = all.slice(0, most).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return `${shown.join(", ")}${all.length > most ? ` and ${all.length - most} more spans` : ""}`;
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

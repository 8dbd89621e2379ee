import { aligned } from "../../core/columns.ts";
import { grouped } from "../../core/grouped.ts";
import { when } from "../../core/moment.ts";
import { visible } from "../../core/visible.ts";
import { printLabels } from "../../logql/evaluate/labels.ts";
import type { Reply, Row } from "./ask.ts";

/** Rows as aligned columns: time, value or line, and one column for each label. */
export function asTable({ type, rows }: Reply): string {
  if (rows.length === 0) return type === "streams" ? "no lines\n" : "no series\n";
  if (type === "scalar") return `${rows[0]!.text}\n`;
  const names = [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))].sort();
  const timed = type !== "vector";
  const cells = (row: Row) =>
    [...(timed ? [when(row.time)] : []), ...names.map((name) => row.labels[name] ?? ""), row.text].map(visible);
  const last = type === "streams" ? "line" : "value";
  const table = [[...(timed ? ["time"] : []), ...names, last], ...rows.map(cells)];
  return `${aligned(table).join("\n")}\n`;
}

type Value = readonly [number | string, string];

/** Rows in the form of Loki's API: `{resultType, result}`, times in seconds, those of lines in nanoseconds as text. */
export function asJson({ type, rows }: Reply): string {
  const value = ({ time, text }: Row): Value =>
    type === "streams" ? [String(time), text] : [Number(time / 1_000_000n) / 1000, text];
  if (type === "scalar") return `${JSON.stringify({ resultType: type, result: value(rows[0]!) })}\n`;
  if (type === "vector")
    return `${JSON.stringify({ resultType: type, result: rows.map((row) => ({ metric: row.labels, value: value(row) })) })}\n`;
  const named = type === "streams" ? "stream" : "metric";
  const groups = grouped(rows, ({ labels }) => printLabels(labels));
  const result = [...groups.values()].map((group) => ({ [named]: group[0]!.labels, values: group.map(value) }));
  return `${JSON.stringify({ resultType: type, result })}\n`;
}

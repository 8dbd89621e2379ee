import { sortedBy } from "../core/order.ts";
import type { Instant, Matrix } from "../logql/evaluate/evaluate.ts";
import { keyOf, type Labels, printLabels } from "../logql/evaluate/labels.ts";
import type { LogLine } from "../logql/evaluate/logs.ts";
import type { FieldConfig } from "./model.ts";

export type Value = number | string | boolean | null | Readonly<Record<string, unknown>>;
export type FieldType = "time" | "number" | "string" | "boolean" | "other";
/** A column of an answer; a query's legend, a transformation or other columns may have given it names and settings. */
export type Field = Readonly<{
  name: string;
  type: FieldType;
  values: readonly Value[];
  labels?: Labels;
  shownAs?: string;
  renamed?: string;
  config?: Partial<FieldConfig>;
}>;
/** A table of an answer; `step` (ms) is the distance of its times, where it has one. */
export type Frame = Readonly<{ refId: string; fields: readonly Field[]; step?: number }>;

export const lengthOf = ({ fields }: Frame): number => fields[0]?.values.length ?? 0;
/** What a field is called on screen. */
export const nameOf = ({ name, renamed, shownAs }: Field): string => renamed ?? shownAs ?? name;
/** Whether a field goes by a name, on screen or in its answer. */
export const isCalled = (field: Field, name: unknown): boolean => nameOf(field) === name || field.name === name;

/** `{{label}}` of a legend, filled with a series' labels. */
export const legend = (format: string, labels: Labels): string =>
  format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => labels[name] ?? "");

type Origin = Readonly<{ refId: string; at: (time: number) => number }>;
const byKey = <T extends Readonly<{ labels: Labels }>>(series: readonly T[]) =>
  sortedBy(series, ({ labels }) => keyOf(labels));

/** One frame per series, with its times and values. */
export const ofMatrix = (
  { result }: Matrix,
  { refId, at, step, format }: Origin & Readonly<{ step: number; format: string | undefined }>,
): readonly Frame[] =>
  byKey(result).map(({ labels, points }) => ({
    refId,
    step,
    fields: [
      { name: "Time", type: "time", values: points.map(([time]) => at(time)) },
      {
        name: "Value",
        type: "number",
        values: points.map(([, value]) => value),
        labels,
        shownAs: format ? legend(format, labels) : printLabels(labels),
      },
    ],
  }));

function rowsOf(answer: Instant, { isSorted }: Readonly<{ isSorted: boolean }>) {
  if (answer.type === "scalar") return [{ labels: {}, value: answer.value }];
  return isSorted ? answer.result : byKey(answer.result);
}

/** One table of all series: their time, a column for each label, and the values; none without series. */
export function ofInstant(
  answer: Instant,
  { refId, at, moment, isSorted }: Origin & Readonly<{ moment: number; isSorted: boolean }>,
): readonly Frame[] {
  const rows = rowsOf(answer, { isSorted });
  if (rows.length === 0) return [];
  const names = [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))];
  const columns = names.map(
    (name): Field => ({ name, type: "string", values: rows.map(({ labels }) => (labels as Labels)[name] ?? "") }),
  );
  return [
    {
      refId,
      fields: [
        { name: "Time", type: "time", values: rows.map(() => at(moment)) },
        ...columns,
        { name: `Value #${refId}`, type: "number", values: rows.map(({ value }) => value) },
      ],
    },
  ];
}

/** One table of lines: their labels, time and text. */
export const ofLines = (lines: readonly LogLine[], { refId, at }: Origin): readonly Frame[] => [
  {
    refId,
    fields: [
      { name: "labels", type: "other", values: lines.map(({ labels }) => labels) },
      { name: "Time", type: "time", values: lines.map(({ time }) => at(time)) },
      { name: "Line", type: "string", values: lines.map(({ line }) => line) },
    ],
  },
];

/** Whether nothing stands in any field. */
export const holdNothing = (frames: readonly Frame[]): boolean =>
  frames.every(({ fields }) => fields.every(({ values }) => values.length === 0));

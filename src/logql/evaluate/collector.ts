import { collected } from "../../core/kept.ts";
import { type Grouping, type RangeAggregation, type Stage, unwrapOf } from "../ast.ts";
import type { Stream } from "../streams.ts";
import { keyOf, type Labels, type LineLabels } from "./labels.ts";
import type { Samples } from "./series.ts";
import { hasError } from "./step.ts";

/** Labels that stages may change although the stream has them. */
function changedBy(stages: readonly Stage[]): (name: string) => boolean {
  const names = new Set<string>();
  let keeps = false;
  for (const stage of stages) {
    if (stage.kind === "labelFormat")
      for (const format of stage.formats)
        for (const name of [format.name, "from" in format ? format.from : format.name]) names.add(name);
    if (stage.kind === "drop")
      for (const choice of stage.labels) names.add(typeof choice === "string" ? choice : choice.label);
    keeps ||= stage.kind === "keep";
  }
  return (name) => keeps || names.has(name);
}

const only =
  (names: readonly string[]) =>
  (labels: LineLabels): Labels => {
    const result: Record<string, string> = {};
    for (const name of names) {
      const text = labels.get(name);
      if (text !== undefined) result[name] = text;
    }
    return result;
  };

const allBut =
  (names: readonly string[]) =>
  (labels: LineLabels): Labels => {
    const whole = labels.all();
    const result: Record<string, string> = {};
    for (const name in whole) if (!names.includes(name)) result[name] = whole[name]!;
    return result;
  };

type Collecting = Readonly<{ grouping: Grouping | undefined; keepsErrors: boolean }>;

/** Puts the samples of lines into series, by the grouping or by all labels that a line has. */
export function collector({ logs, fn }: RangeAggregation, { grouping, keepsErrors }: Collecting) {
  const { all, of } = collected<string, Samples>();
  const changed = changedBy(logs.stages);
  const labelsBy = grouping?.kind === "by" ? grouping.labels : undefined;
  const by = fn === "absent_over_time" ? [] : labelsBy;
  const without = grouping?.kind === "without" ? grouping.labels : [];
  const unwrapped = unwrapOf(logs)?.label ?? [];
  const grouped = by ? only(by) : allBut(without.concat(unwrapped));
  const seriesOf = (labels: Labels, state: Pick<Samples, "failed">): Samples =>
    of(keyOf(labels), () => ({ labels, times: [], values: [], ...state }));
  const sound = { failed: false };
  const broken = { failed: !keepsErrors };
  return {
    /** The series of a stream's lines, by the labels that stages gave them. */
    seriesIn({ labels: own }: Stream): (labels: LineLabels) => Samples {
      const fixed = by?.every((name) => Object.hasOwn(own, name) && !changed(name)) ?? false;
      let plain: Samples | undefined;
      return (labels) => {
        const touched = labels.changed();
        if (touched && hasError(labels)) return seriesOf(labels.all(), broken);
        if (!fixed && touched) return seriesOf(grouped(labels), sound);
        plain ??= seriesOf(grouped(labels), sound);
        return plain;
      };
    },
    all: (): readonly Samples[] => [...all.values()],
  };
}

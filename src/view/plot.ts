import { calcs } from "./calcs.ts";
import { colorOf, colorOfName, seriesColor } from "./colors.ts";
import { display, textOf, thresholdColor } from "./display.ts";
import type { FieldConfig, ShownField, ShownFrame } from "./fields.ts";

export type Point = readonly [time: number, value: number | null];
export type DrawStyle = "line" | "bars" | "points";
/** One series of a time series panel, ready to be drawn; `points` are broken (a null) where the line is. */
export type Line = Readonly<{
  name: string;
  color: string;
  axis: number;
  style: DrawStyle;
  stacked: boolean;
  points: readonly Point[];
  field: ShownField;
  frame: ShownFrame;
}>;
/** A vertical axis, with the lines of its thresholds. */
export type Axis = Readonly<{
  side: "left" | "right";
  hidden: boolean;
  label: string;
  config: FieldConfig;
  logarithmic: number | undefined;
  fromZero: boolean;
  limits: readonly Readonly<{ value: number; color: string; dashed: boolean }>[];
}>;
export type Plot = Readonly<{ lines: readonly Line[]; axes: readonly Axis[]; spacing: number | undefined }>;

type Custom = Readonly<Record<string, unknown>>;
const customOf = ({ config }: ShownField): Custom => config.custom ?? {};
const inside = (custom: Custom, name: string) => (custom[name] ?? {}) as Readonly<Record<string, unknown>>;

/** A null where two points stand further apart than the panel joins. */
function broken(
  points: readonly Point[],
  { step, spanNulls }: Readonly<{ step: number; spanNulls: unknown }>,
): readonly Point[] {
  if (spanNulls === true) return points;
  const most = typeof spanNulls === "number" ? Math.max(spanNulls, step) : step;
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    return next && next[0] - point[0] > most * 1.001 ? [point, [point[0] + 1, null] as const] : [point];
  });
}

function colorOfField(field: ShownField, index: number): string {
  const { mode = "palette-classic", fixedColor = "gray" } = field.config.color ?? {};
  if (mode === "fixed" || mode === "shades") return colorOf(fixedColor);
  if (mode === "palette-classic-by-name") return colorOfName(field.name);
  const last = field.values.findLast((value): value is number => typeof value === "number");
  return (mode === "thresholds" && last !== undefined && thresholdColor(last, field.config)) || seriesColor(index);
}

const axisKey = ({ config }: ShownField) => {
  const { axisPlacement, axisLabel, axisSoftMin, axisSoftMax, scaleDistribution } = config.custom ?? {};
  return JSON.stringify([
    config.unit,
    config.min,
    config.max,
    axisPlacement,
    axisLabel,
    axisSoftMin,
    axisSoftMax,
    scaleDistribution,
  ]);
};

function axisOf(fields: readonly ShownField[]): Axis {
  const [field] = fields as [ShownField];
  const custom = customOf(field);
  const distribution = inside(custom, "scaleDistribution");
  const mode = String(inside(custom, "thresholdsStyle").mode ?? "off");
  const steps = mode === "off" ? [] : (field.config.thresholds?.steps ?? []);
  return {
    side: custom.axisPlacement === "right" ? "right" : "left",
    hidden: custom.axisPlacement === "hidden",
    label: String(custom.axisLabel ?? ""),
    config: field.config,
    logarithmic: distribution.type === "log" ? Number(distribution.log ?? 10) : undefined,
    fromZero: fields.some((one) => customOf(one).drawStyle === "bars"),
    limits: steps.flatMap(({ value, color }) =>
      value === null ? [] : [{ value, color: colorOf(color), dashed: mode === "dashed" }],
    ),
  };
}

type Shown = Readonly<{ frame: ShownFrame; field: ShownField; points: readonly Point[] }>;

/** Stacked series have a value at every time that one of them has. */
function filledUp(all: readonly Shown[], isStacked: (field: ShownField) => boolean): readonly Shown[] {
  const times = [
    ...new Set(all.filter(({ field }) => isStacked(field)).flatMap(({ points }) => points.map(([time]) => time))),
  ].sort((a, b) => a - b);
  return all.map((one) => {
    if (!isStacked(one.field)) return one;
    const values = new Map(one.points);
    return { ...one, points: times.map((time): Point => [time, values.get(time) ?? 0]) };
  });
}

/** The smallest distance between two times of any series. */
function spacingOf(all: readonly Shown[]): number | undefined {
  const times = [...new Set(all.flatMap(({ points }) => points.map(([time]) => time)))].sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  return gaps.length === 0 ? undefined : gaps.reduce((a, b) => Math.min(a, b));
}

/** The series of a panel with their colours and axes, as Grafana draws them. */
export function plotOf(frames: readonly ShownFrame[]): Plot {
  const shown = frames.flatMap((frame): Shown[] => {
    const times = frame.fields.find(({ type }) => type === "time");
    if (!times) return [];
    return frame.fields
      .filter(({ type }) => type === "number")
      .map((field) => ({
        frame,
        field,
        points: field.values.map((value, index): Point => [times.values[index] as number, value as number | null]),
      }));
  });
  const isStacked = (field: ShownField) => inside(customOf(field), "stacking").mode === "normal";
  const keys = [...new Set(shown.map(({ field }) => axisKey(field)))];
  const lines = filledUp(shown, isStacked).map(({ frame, field, points }, index): Line => {
    const custom = customOf(field);
    const style = (custom.drawStyle ?? "line") as DrawStyle;
    const joined = style === "line" && !isStacked(field);
    return {
      name: field.name,
      color: colorOfField(field, index),
      axis: keys.indexOf(axisKey(field)),
      style,
      stacked: isStacked(field),
      points: joined ? broken(points, { step: frame.step ?? 0, spanNulls: custom.spanNulls }) : points,
      field,
      frame,
    };
  });
  const axes = keys.map((key) => axisOf(shown.filter(({ field }) => axisKey(field) === key).map(({ field }) => field)));
  return { lines, axes, spacing: spacingOf(shown) };
}

/** A row of a legend: the name, and each calculation over the field's values as it is written. */
export type LegendRow = Readonly<{ line: Line; values: readonly string[] }>;
type LegendOptions = Readonly<{ calcs?: readonly string[]; sortBy?: string; sortDesc?: boolean }>;

export const legendTitles = ({ calcs: ids = [] }: LegendOptions): readonly string[] =>
  ids.map((id) => calcs[id]?.title ?? id);

/** The rows of a panel's legend in its order. */
export function legendRows(
  { lines }: Plot,
  { calcs: ids = [], sortBy, sortDesc = false }: LegendOptions,
): readonly LegendRow[] {
  const measured = ({ field }: Line, id: string) => calcs[id]?.of(field.values as readonly (number | null)[]) ?? null;
  const by = ids.find((id) => calcs[id]?.grafana === sortBy);
  const rank = (a: Line, b: Line) => {
    if (by) return (measured(a, by) ?? Number.NEGATIVE_INFINITY) - (measured(b, by) ?? Number.NEGATIVE_INFINITY);
    return sortBy === "Name" ? a.name.localeCompare(b.name) : 0;
  };
  const sorted = [...lines].sort((a, b) => (sortDesc ? rank(b, a) : rank(a, b)));
  return sorted.map((line) => ({
    line,
    values: ids.map((id) => {
      const value = measured(line, id);
      // A number of points is a number, whatever the unit of what was counted.
      const config = id === "count" ? {} : line.field.config;
      return value === null ? "" : textOf(display(value, { type: "number", config }));
    }),
  }));
}

import { colorOf, colorOfName, seriesColor } from "./colors.ts";
import { thresholdColor } from "./display.ts";
import { customOf, type ShownField, type ShownFrame } from "./fields.ts";
import type { FieldConfig } from "./model.ts";
import { broken, filledUp, type Point, type Shown, spacingOf } from "./plot/points.ts";

export type { Point } from "./plot/points.ts";

type DrawStyle = "line" | "bars" | "points";
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

const inside = (custom: Readonly<Record<string, unknown>>, name: string) =>
  (custom[name] ?? {}) as Readonly<Record<string, unknown>>;

function colorOfField(field: ShownField, index: number): string {
  const { mode = "palette-classic", fixedColor = "gray" } = field.config.color ?? {};
  if (mode === "fixed" || mode === "shades") return colorOf(fixedColor);
  if (mode === "palette-classic-by-name") return colorOfName(field.name);
  const last = field.values.findLast((value): value is number => typeof value === "number");
  return (mode === "thresholds" && last !== undefined && thresholdColor(last, field.config)) || seriesColor(index);
}

const axisKey = ({ config }: ShownField) => {
  const { axisPlacement, axisLabel, axisSoftMin, axisSoftMax, scaleDistribution } = config.custom ?? {};
  const own = [axisPlacement, axisLabel, axisSoftMin, axisSoftMax, scaleDistribution];
  return JSON.stringify([config.unit, config.min, config.max, ...own]);
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

/** The numbers of frames over time. */
function shownOf(frames: readonly ShownFrame[]): readonly Shown[] {
  return frames.flatMap((frame) => {
    const times = frame.fields.find(({ type }) => type === "time")?.values as readonly number[] | undefined;
    const fields = times ? frame.fields.filter(({ type }) => type === "number") : [];
    return fields.map((field) => ({
      frame,
      field,
      points: field.values.map((value, index): Point => [times![index]!, value as number | null]),
    }));
  });
}

/** The series of a panel with their colours and axes, as Grafana draws them. */
export function plotOf(frames: readonly ShownFrame[]): Plot {
  const shown = shownOf(frames);
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

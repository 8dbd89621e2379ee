import type { SeriesOption } from "echarts";
import { colorOf, withAlpha } from "../colors.ts";
import type { Events } from "../events.ts";
import { customOf } from "../fields.ts";
import type { Axis, Line, Plot, Point } from "../plot.ts";
import { barPixels } from "./bars.ts";
import type { Look } from "./look.ts";

const fillOf = (line: Line) => Number(customOf(line.field).fillOpacity ?? 0) / 100;
const lineWidthOf = (line: Line) => Number(customOf(line.field).lineWidth ?? 1);

/** Lines that only stand there. */
const still = { silent: true, symbol: "none", animation: false };
const limitsOf = ({ limits }: Axis) => ({
  ...still,
  label: { show: false },
  data: limits.map(({ value, color, dashed }) => ({
    yAxis: value,
    lineStyle: { color, type: dashed ? ("dashed" as const) : ("solid" as const), width: 1 },
  })),
});

/** A logarithm of nothing or less cannot be drawn. */
const drawable = ({ logarithmic }: Axis, [time, value]: Point) =>
  [time, logarithmic && value !== null && value <= 0 ? null : value] as const;

function baseOf(line: Line, plot: Plot) {
  const axis = plot.axes[line.axis]!;
  const isFirst = plot.lines.find((one) => one.axis === line.axis) === line;
  return {
    name: line.name,
    yAxisIndex: line.axis,
    data: line.points.map((point) => [...drawable(axis, point)]),
    color: line.color,
    animation: false,
    ...(line.stacked && { stack: `stack-${line.axis}` }),
    ...(isFirst && axis.limits.length > 0 && { markLine: limitsOf(axis) }),
  };
}

function barsOf(line: Line, plot: Plot, look: Look): SeriesOption {
  const barWidth = barPixels(line, plot, look);
  const width = lineWidthOf(line);
  const border = { borderColor: line.color, borderWidth: Math.min(width, barWidth / 4) };
  return {
    ...baseOf(line, plot),
    ...(barWidth === 0 && { data: [] }),
    type: "bar",
    barWidth,
    barGap: "-100%",
    itemStyle: { color: withAlpha(line.color, fillOf(line)), ...(width > 0 && border) },
  };
}

const STEPS: Readonly<Record<string, "start" | "end">> = { stepBefore: "end", stepAfter: "start" };
const DASHES: Readonly<Record<string, "dashed" | "dotted">> = { dash: "dashed", dot: "dotted" };

function lineOf(line: Line, plot: Plot): SeriesOption {
  const { lineStyle, showPoints = "auto", pointSize = 5, lineInterpolation } = customOf(line.field);
  const { fill = "solid" } = (lineStyle ?? {}) as { fill?: string };
  const isPoints = line.style === "points";
  const opacity = fillOf(line);
  const isLogarithmic = plot.axes[line.axis]!.logarithmic !== undefined;
  return {
    ...baseOf(line, plot),
    type: "line",
    showSymbol: showPoints !== "never" || isPoints,
    showAllSymbol: showPoints === "auto" ? "auto" : true,
    symbol: "circle",
    symbolSize: Number(pointSize),
    smooth: lineInterpolation === "smooth" ? 0.4 : false,
    step: STEPS[String(lineInterpolation)] ?? false,
    lineStyle: { width: isPoints ? 0 : lineWidthOf(line), type: DASHES[fill] ?? "solid" },
    ...(opacity > 0 && !isPoints && { areaStyle: { opacity, ...(isLogarithmic && { origin: "start" as const }) } }),
  };
}

/** A line of a plot as ECharts draws it. */
export const seriesOf = (line: Line, plot: Plot, look: Look): SeriesOption =>
  line.style === "bars" ? barsOf(line, plot, look) : lineOf(line, plot);

/** The events as dashed lines over the whole height. */
export const eventSeries = ({ name, color, events }: Events): SeriesOption => ({
  name,
  type: "line",
  data: [],
  silent: true,
  animation: false,
  markLine: {
    ...still,
    symbol: ["triangle", "none"],
    symbolSize: 7,
    label: { show: false },
    lineStyle: { color: colorOf(color), type: "dashed", width: 1, opacity: 0.8 },
    data: events.map(({ time }) => ({ xAxis: time })),
  },
});

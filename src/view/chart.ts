import type { EChartsOption, SeriesOption } from "echarts";
import type { Events } from "./annotations.ts";
import { colorOf } from "./colors.ts";
import { formatted, moment } from "./format.ts";
import type { Axis, Line, Plot } from "./plot.ts";
import type { TimeRange } from "./times.ts";

/** What a chart takes from the page: its inner size in pixels, the range, the page's colours and time zone. */
export type Look = Readonly<{ width: number; range: TimeRange; text: string; grid: string; zone?: string }>;

const AXIS_WIDTH = 58;
const LABEL_WIDTH = 18;
const MARGIN = 12;
const BAR = { factor: 0.6, most: 200 };

const customOf = ({ field }: Line) => field.config.custom ?? {};
/** A value beside the axis: no zeros that say nothing behind its point. */
function onAxis(value: number, { unit, decimals }: Axis["config"]): string {
  const { text, suffix } = formatted(value, unit, decimals ?? undefined);
  return `${text.includes(".") ? text.replace(/\.?0+$/, "") : text}${suffix}`;
}

const sideWidth = (axes: readonly Axis[], side: Axis["side"]) => {
  const here = axes.filter((axis) => axis.side === side && !axis.hidden);
  return here.length === 0 ? MARGIN : here.reduce((sum, { label }) => sum + AXIS_WIDTH + (label ? LABEL_WIDTH : 0), 0);
};
/** Pixels left and right of the drawing. */
export const margins = ({ axes }: Plot): Readonly<{ left: number; right: number }> => ({
  left: sideWidth(axes, "left"),
  right: sideWidth(axes, "right"),
});

function yAxis(axis: Axis, before: readonly Axis[], { text, grid }: Look) {
  const { label, config, logarithmic, side, hidden, fromZero } = axis;
  const soft = config.custom ?? {};
  const bound = (
    hard: number | undefined,
    given: unknown,
    pick: (a: number, b: number) => number,
    of: "min" | "max",
  ) => {
    if (hard !== undefined) return hard;
    return typeof given === "number" ? (value: { min: number; max: number }) => pick(value[of], given) : undefined;
  };
  const [min, max] = [
    bound(config.min, soft.axisSoftMin, Math.min, "min"),
    bound(config.max, soft.axisSoftMax, Math.max, "max"),
  ];
  const offset = before
    .filter((one) => one.side === side && !one.hidden)
    .reduce((sum, one) => sum + AXIS_WIDTH + (one.label ? LABEL_WIDTH : 0), 0);
  return {
    ...(logarithmic ? { type: "log" as const, logBase: logarithmic } : { type: "value" as const }),
    position: side,
    offset,
    show: !hidden,
    name: label,
    nameLocation: "middle" as const,
    nameGap: AXIS_WIDTH - 8,
    nameRotate: side === "left" ? 90 : -90,
    nameTextStyle: { color: text, fontSize: 11 },
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    scale: !fromZero,
    splitNumber: 4,
    axisLabel: { color: text, fontSize: 11, formatter: (value: number) => onAxis(value, config) },
    splitLine: { show: before.length === 0, lineStyle: { color: grid } },
  };
}

const limitsOf = ({ limits }: Axis) => ({
  silent: true,
  symbol: "none",
  animation: false,
  label: { show: false },
  data: limits.map(({ value, color, dashed }) => ({
    yAxis: value,
    lineStyle: { color, type: dashed ? ("dashed" as const) : ("solid" as const), width: 1 },
  })),
});

/** The width of a series' bars in whole pixels; Grafana draws none that are thinner than half a pixel. */
function barPixels(line: Line, { spacing }: Plot, { width, range }: Pick<Look, "width" | "range">): number {
  const { barMaxWidth = BAR.most, barWidthFactor = BAR.factor } = customOf(line);
  const pixels = spacing === undefined ? width : (spacing / (range.to - range.from)) * width;
  return Math.round(Math.min(Number(barMaxWidth), pixels * Number(barWidthFactor)));
}

/** Whether bars are too thin to be seen, as they are in Grafana. */
export const hidesBars = (plot: Plot, look: Pick<Look, "width" | "range">): boolean => {
  const { left, right } = margins(plot);
  return plot.lines.some(
    (line) => line.style === "bars" && barPixels(line, plot, { ...look, width: look.width - left - right }) === 0,
  );
};

function seriesOf(line: Line, plot: Plot, { width, range }: Look): SeriesOption {
  const custom = customOf(line);
  const axis = plot.axes[line.axis]!;
  const isFirst = plot.lines.find((one) => one.axis === line.axis) === line;
  // A logarithm of nothing or less cannot be drawn.
  const data = line.points.map(([time, value]) => [
    time,
    axis.logarithmic && value !== null && value <= 0 ? null : value,
  ]);
  const base = {
    name: line.name,
    yAxisIndex: line.axis,
    data,
    color: line.color,
    animation: false,
    ...(line.stacked && { stack: `stack-${line.axis}` }),
    ...(isFirst && axis.limits.length > 0 && { markLine: limitsOf(axis) }),
  };
  const opacity = Number(custom.fillOpacity ?? 0) / 100;
  if (line.style === "bars") {
    const barWidth = barPixels(line, plot, { width, range });
    const lineWidth = Number(custom.lineWidth ?? 1);
    return {
      ...base,
      ...(barWidth === 0 && { data: [] }),
      type: "bar",
      barWidth,
      barGap: "-100%",
      itemStyle: {
        color: line.color,
        opacity: 1,
        ...(lineWidth > 0 ? { borderColor: line.color, borderWidth: Math.min(lineWidth, barWidth / 4) } : {}),
      },
    };
  }
  const dash = (custom.lineStyle as { fill?: string } | undefined)?.fill;
  const steps = { stepBefore: "end", stepAfter: "start" } as const;
  const points = custom.showPoints ?? "auto";
  return {
    ...base,
    type: "line",
    showSymbol: points !== "never" || line.style === "points",
    showAllSymbol: points === "auto" ? "auto" : true,
    symbol: "circle",
    symbolSize: Number(custom.pointSize ?? 5),
    smooth: custom.lineInterpolation === "smooth" ? 0.4 : false,
    step: steps[custom.lineInterpolation as keyof typeof steps] ?? false,
    lineStyle: {
      width: line.style === "points" ? 0 : Number(custom.lineWidth ?? 1),
      type: dash === "dash" ? "dashed" : dash === "dot" ? "dotted" : "solid",
    },
    ...(opacity > 0 && line.style === "line" && { areaStyle: { opacity } }),
  };
}

/** The events as dashed lines over the whole height. */
const eventSeries = ({ name, color, events }: Events): SeriesOption => ({
  name,
  type: "line",
  data: [],
  silent: true,
  animation: false,
  markLine: {
    silent: true,
    animation: false,
    symbol: ["triangle", "none"],
    symbolSize: 7,
    label: { show: false },
    lineStyle: { color: colorOf(color), type: "dashed", width: 1, opacity: 0.8 },
    data: events.map(({ time }) => ({ xAxis: time })),
  },
});

const DAY = 86_400_000;
/** A time on the axis: the time of day, with the date where the range is long. */
function tick(time: number, { range: { from, to }, zone }: Look): string {
  const [day = "", clock = ""] = moment(time, zone).split(" ");
  if (to - from <= DAY) return to - from < DAY / 96 ? clock : clock.slice(0, 5);
  return `${day.slice(8)}/${day.slice(5, 7)} ${clock.slice(0, 5)}`;
}

/** A time series panel as ECharts draws it; its tooltip and legend are the page's. */
export function chartOf(plot: Plot, events: readonly Events[], look: Look): EChartsOption {
  const { left, right } = margins(plot);
  const inner = { ...look, width: Math.max(1, look.width - left - right) };
  return {
    animation: false,
    grid: { left, right, top: 10, bottom: 26 },
    xAxis: {
      type: "time",
      min: look.range.from,
      max: look.range.to,
      axisLine: { lineStyle: { color: look.grid } },
      axisLabel: { color: look.text, fontSize: 11, hideOverlap: true, formatter: (time: number) => tick(time, look) },
      splitLine: { show: true, lineStyle: { color: look.grid } },
      axisPointer: { show: true, snap: false, lineStyle: { color: look.text, type: "dashed" }, label: { show: false } },
    },
    yAxis: plot.axes.map((axis, index) => yAxis(axis, plot.axes.slice(0, index), look)),
    series: [
      ...plot.lines.map((line) => seriesOf(line, plot, inner)),
      ...events.filter(({ enabled }) => enabled).map(eventSeries),
    ],
  };
}

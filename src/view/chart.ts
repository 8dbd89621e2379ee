import type { EChartsOption } from "echarts";
import { timeAxis, yAxis } from "./chart/axes.ts";
import { type Look, margins } from "./chart/look.ts";
import { eventSeries, seriesOf } from "./chart/series.ts";
import type { Events } from "./events.ts";
import type { Plot } from "./plot.ts";

/** A time series panel as ECharts draws it; its tooltip and legend are the page's. */
export function chartOf(plot: Plot, events: readonly Events[], look: Look): EChartsOption {
  const { left, right } = margins(plot);
  const inner = { ...look, width: Math.max(1, look.width - left - right) };
  const shown = events.filter(({ enabled }) => enabled);
  return {
    animation: false,
    grid: { left, right, top: 10, bottom: 26 },
    xAxis: timeAxis(look),
    yAxis: plot.axes.map((axis, index) => yAxis(axis, plot.axes.slice(0, index), look)),
    series: [...plot.lines.map((line) => seriesOf(line, plot, inner)), ...shown.map(eventSeries)],
  };
}

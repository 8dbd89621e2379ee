import { HOUR_MS } from "../../core/spans.ts";
import type { Streams } from "../../logql/streams.ts";
import { PICTURED_AT } from "../../logs/data.ts";
import type { Dashboard, Panel } from "../../view/model.ts";
import { pictureOf } from "../../view/picture.ts";
import type { Plot } from "../../view/plot.ts";
import { type Chart, ink } from "../../view/svg.ts";
import { type Drawing, iso, rounded } from "./drawing.ts";
import type { Material } from "./material.ts";

const HOURS = 24;
const RANGE = { from: PICTURED_AT - HOURS * HOUR_MS, to: PICTURED_AT };
const SIZE = { width: 920, height: 360 };
/** Few enough for a file that a reviewer opens. */
const POINTS = 96;
const LEGEND = 56;

/** The chart with its title and a legend, which elsewhere the page around it shows. */
function withLegend(chart: Chart): Chart {
  const { option } = chart;
  const { grid } = option as { grid: object };
  const title = { text: chart.title, left: 12, top: 6, textStyle: { color: ink.text, fontSize: 15 } };
  const legend = { top: 30, left: 12, itemWidth: 14, itemGap: 22, textStyle: { color: ink.text }, selectedMode: false };
  return { ...chart, option: { ...option, title, legend, grid: { ...grid, top: LEGEND + 8 } } };
}

type Points = Plot["lines"][number]["points"];

/** The largest value of each hour: what of a curve of a thousand points is seen. */
const hourly = (points: Points) =>
  Array.from({ length: HOURS }, (_, hour) => {
    const from = RANGE.from + hour * HOUR_MS;
    const values = points.flatMap(([time, value]) =>
      value === null || time < from || time >= from + HOUR_MS ? [] : [value],
    );
    return values.length > 0 ? rounded(Math.max(...values)) : null;
  });

/**
 * What a chart shows: for each axis its unit and thresholds.
 * For each series: how many points, the last one, and the largest of each hour.
 */
const valuesOf = ({ title }: Panel, { axes, lines }: Plot) => ({
  title,
  range: { from: iso(RANGE.from), to: iso(RANGE.to) },
  axes: axes.map(({ label, config, limits }) => ({
    label,
    unit: config.unit ?? "none",
    thresholds: limits.map(({ value }) => value),
  })),
  series: lines.map(({ name, axis, points }) => {
    const last = points.findLast(([, value]) => value !== null);
    return {
      name,
      axis,
      points: points.filter(([, value]) => value !== null).length,
      last: last ? [iso(last[0]), rounded(last[1]!)] : null,
      hourly: hourly(points),
    };
  }),
});

function drawing({ uid, templating }: Dashboard, panel: Panel, streams: Streams): Drawing {
  const question = { streams, range: RANGE, points: POINTS, variables: templating.list, choice: {} };
  const { chart, plot, missing } = pictureOf(panel, question, SIZE);
  if (!chart || !plot) throw new Error(`the panel ${panel.title} of ${uid} shows nothing: ${missing}`);
  return { name: `${uid}-${panel.id}`, chart: withLegend(chart), values: valuesOf(panel, plot) };
}

/** The time series of every dashboard over a day. */
export const panelDrawings = ({ definitions, streams }: Material): readonly Drawing[] =>
  definitions.dashboards.flatMap((dashboard) =>
    dashboard.panels.filter(({ type }) => type === "timeseries").map((panel) => drawing(dashboard, panel, streams)),
  );

import type { CustomSeriesRenderItem, EChartsOption } from "echarts";
import type { State } from "../alerting/states.ts";
import { DAY_MS } from "../core/spans.ts";
import { written } from "./format.ts";
import type { Point } from "./plot.ts";
import { type Stretch, URGENCY } from "./stretches.ts";
import { axisLook, type Chart, ink, limitLook, shortened } from "./svg.ts";
import type { TimeRange } from "./times.ts";

/** A value of an instance over time (ms), and its threshold. */
export type ShownValue = Readonly<{ points: readonly Point[]; limit: number; unit: string }>;
/** An instance: its name, its values and its states. */
export type TimelineRow = Readonly<{ name: string; values: readonly ShownValue[]; states: readonly Stretch[] }>;
type Timeline = Readonly<{
  title: string;
  language: keyof typeof LEGEND;
  range: TimeRange;
  rows: readonly TimelineRow[];
  width?: number;
}>;

/** From the quiet to the loud: what is drawn last is seen where there is no room for both. */
const STATES = URGENCY.toReversed();
const COLORS: Readonly<Record<State, string>> = {
  Normal: ink.line,
  Pending: ink.limit,
  Alerting: ink.bad,
  Recovering: ink.soft,
  NoData: ink.soft,
  Error: ink.bad,
};
/** What the colours mean, under every timeline. */
export const LEGEND = {
  fr: "Rouge : déclenchée. Orange : en attente, et le seuil (tireté). Gris : normale.",
  en: "Red: firing. Orange: pending, and the threshold (dashed). Grey: normal.",
} as const;

const LEFT = 150;
const RIGHT = 64;
const TOP = 8;
const VALUE = 40;
const BAND = 12;
const GAP = 16;
const AXIS = 30;
const LEAST_WIDTH = 1.5;

type Placed = Readonly<{ row: TimelineRow; top: number; value?: ShownValue }>;

/** Each value and each band of states with its place, from top to bottom, and where the last one ends. */
function placed(rows: readonly TimelineRow[]): Readonly<{ grids: readonly Placed[]; height: number }> {
  const grids: Placed[] = [];
  let top = TOP;
  for (const row of rows) {
    for (const value of row.values) {
      grids.push({ row, top, value });
      top += VALUE + 4;
    }
    grids.push({ row, top });
    top += BAND + GAP;
  }
  return { grids, height: top };
}

/** The time, of a midnight and over more than two days the day. */
const tick = (time: number, { from, to }: TimeRange) => {
  const text = new Date(time).toISOString();
  const clock = text.slice(11, 16);
  return to - from > 2 * DAY_MS || clock === "00:00" ? `${text.slice(8, 10)}/${text.slice(5, 7)}` : clock;
};

const band: CustomSeriesRenderItem = (_, api) => {
  const [x = 0, y = 0] = api.coord([api.value(0), 1]);
  const [end = 0, bottom = 0] = api.coord([api.value(1), 0]);
  const shape = { x, y, width: Math.max(LEAST_WIDTH, end - x), height: bottom - y };
  return { type: "rect", shape, style: { fill: COLORS[STATES[Number(api.value(2))]!] } };
};

function seriesOf({ row, value }: Placed, index: number) {
  const axes = { xAxisIndex: index, yAxisIndex: index };
  if (!value) {
    const data = row.states
      .map(({ from, to, state }) => [from, to, STATES.indexOf(state)])
      .sort(([, , a], [, , b]) => a! - b!);
    return { type: "custom" as const, ...axes, renderItem: band, encode: { x: [0, 1] }, data };
  }
  const label = { ...limitLook.label, formatter: written(value.limit, value.unit), position: "end" as const };
  return {
    type: "line" as const,
    ...axes,
    showSymbol: value.points.filter(([, one]) => one !== null).length < 3,
    symbolSize: 4,
    itemStyle: { color: ink.main },
    lineStyle: { color: ink.main, width: 1.2 },
    data: value.points.map((point) => [...point]),
    markLine: { ...limitLook, label, data: [{ yAxis: value.limit }] },
  };
}

/** The axis of a value or of a band of states; the first one of an instance has its name. */
const yAxis = ({ row, value }: Placed, index: number, { named }: Readonly<{ named: boolean }>) => ({
  type: "value" as const,
  gridIndex: index,
  ...axisLook,
  min: 0,
  max: value ? ({ max }: { max: number }) => Math.max(max, value.limit) * 1.1 || 1 : 1,
  ...(value ? { splitNumber: 1 } : { axisTick: { show: false } }),
  axisLabel: { show: false },
  splitLine: { show: false },
  ...(named && {
    name: shortened(row.name),
    nameLocation: "middle" as const,
    nameRotate: 0,
    nameGap: 8,
    nameTextStyle: { color: ink.text, align: "right" as const },
  }),
});

/** The timelines of a rule's instances, each with its values and thresholds, as one chart. */
export function timelineChart({ title, language, range, rows, width }: Timeline): Chart {
  const { grids, height } = placed(rows);
  const option: EChartsOption = {
    useUTC: true,
    grid: grids.map(({ top, value }) => ({ left: LEFT, right: RIGHT, top, height: value ? VALUE : BAND })),
    xAxis: grids.map((_, index) => ({
      type: "time" as const,
      gridIndex: index,
      min: range.from,
      max: range.to,
      ...axisLook,
      show: index === grids.length - 1,
      axisLabel: {
        ...axisLook.axisLabel,
        hideOverlap: true,
        formatter: (time: number) => tick(time, range),
      },
      splitLine: { show: false },
      splitNumber: width === undefined ? 8 : 4,
    })),
    yAxis: grids.map((grid, index) => yAxis(grid, index, { named: grids[index - 1]?.row !== grid.row })),
    series: grids.map(seriesOf),
  };
  return { title, description: LEGEND[language], height: height + AXIS, option, ...(width !== undefined && { width }) };
}

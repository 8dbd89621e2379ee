import type { Quantity } from "../../../core/units.ts";
import { axisLook, ink, limitLine, shortened } from "../../../view/svg.ts";
import type { Level } from "../figures.ts";
import { above } from "../objectives.ts";
import { named } from "../table.ts";

const nameOf = (level: Level) => shortened(named(level));

/** What a source takes of a chart's height, and what all their names take of its width. */
export const ROW = 34;
export const NAMES = 150;

export type Shown = (value: number) => string;
export const labels = (formatter: Shown) => ({ ...axisLook.axisLabel, formatter });
export const legend = { top: 0, right: 0, itemWidth: 14, textStyle: { color: ink.text }, selectedMode: false as const };

/** Sources from top to bottom: the axis counts from below. */
export const sourceAxis = (sources: readonly Level[], { gridIndex = 0, show = true } = {}) => ({
  type: "category" as const,
  gridIndex,
  inverse: true,
  data: sources.map(nameOf),
  ...axisLook,
  axisTick: { show: false },
  axisLabel: { ...axisLook.axisLabel, show },
});

/** The same, with lines between them. */
export const linedAxis = (sources: readonly Level[]) => ({
  ...sourceAxis(sources),
  splitLine: { show: true, lineStyle: { color: ink.line, opacity: 0.6 } },
});

type Barred = Readonly<{ limit: Quantity; shown: Shown; index?: number }>;
/** The axis of bars: it reaches beyond the limit, and has room for the texts behind them. */
export const barAxis = ({ limit, shown, index = 0 }: Barred) => ({
  type: "value" as const,
  gridIndex: index,
  ...axisLook,
  max: ({ max }: { max: number }) => Math.max(max, limit.value) * 1.15,
  axisLabel: { ...labels(shown), showMaxLabel: false },
});

type Bars = Barred & Readonly<{ of: (level: Level) => number | undefined }>;
/** A bar for each source, red beyond its limit. */
export const bars = (sources: readonly Level[], { of, limit, shown, index = 0 }: Bars) => ({
  type: "bar" as const,
  xAxisIndex: index,
  yAxisIndex: index,
  barWidth: 16,
  data: sources.map((level) => ({
    value: of(level) ?? null,
    itemStyle: { color: above(of(level), limit) ? ink.bad : ink.main },
  })),
  label: {
    show: true,
    position: "right" as const,
    color: ink.text,
    textBorderWidth: 0,
    formatter: ({ value }: { value?: unknown }) => shown(value as number),
  },
  markLine: limitLine(limit),
});

import { inFrench, type Quantity } from "../../../core/units.ts";
import { axisLook, type Chart, ink, limitLine } from "../../../view/svg.ts";
import type { Figures, Level } from "../figures.ts";
import * as french from "../french.ts";
import { above, failureRate, type Objectives } from "../objectives.ts";
import { named } from "../table.ts";

const ROW = 34;
const MOST_NAME = 22;
function nameOf(level: Level): string {
  const name = named(level);
  return name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 1)}…` : name;
}
type Shown = (value: number) => string;
const labels = (formatter: Shown) => ({ ...axisLook.axisLabel, formatter });
const legend = (itemWidth: number) => ({
  top: 0,
  right: 0,
  itemWidth,
  textStyle: { color: ink.text },
  selectedMode: false as const,
});
/** Sources from top to bottom: the axis counts from below. */
const sourceAxis = (sources: readonly Level[], { gridIndex = 0, show = true } = {}) => ({
  type: "category" as const,
  gridIndex,
  inverse: true,
  data: sources.map(nameOf),
  ...axisLook,
  axisTick: { show: false },
  axisLabel: { ...axisLook.axisLabel, show },
});

/** The same, with lines between them. */
const linedAxis = (sources: readonly Level[]) => ({
  ...sourceAxis(sources),
  splitLine: { show: true, lineStyle: { color: ink.line, opacity: 0.6 } },
});

type Bars = Readonly<{ of: (level: Level) => number | undefined; limit: Quantity; shown: Shown; index?: number }>;
/** A bar for each source, red beyond its limit. */
const bars = (sources: readonly Level[], { of, limit, shown, index = 0 }: Bars) => ({
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

export const activity = ({ days }: Figures, zone: string): Chart => ({
  title: "Exécutions par jour",
  description: "Une barre par jour : succès en vert, échecs en rouge au-dessus.",
  height: 260,
  option: {
    grid: { left: 56, right: 16, top: 36, bottom: 28 },
    legend: legend(14),
    xAxis: { type: "category", data: days.map(({ start }) => french.shortDay(start, zone).slice(0, 5)), ...axisLook },
    yAxis: {
      type: "value",
      minInterval: 1,
      ...axisLook,
      axisLabel: labels((value) => french.number(value, "count")),
    },
    series: [
      {
        name: "Succès",
        type: "bar",
        stack: "runs",
        barCategoryGap: "25%",
        itemStyle: { color: ink.good },
        data: days.map(({ runs, failures }) => runs - failures),
      },
      {
        name: "Échecs",
        type: "bar",
        stack: "runs",
        itemStyle: { color: ink.bad },
        data: days.map(({ failures }) => failures),
      },
    ],
  },
});

export const failureRates = ({ sources }: Figures, to: Objectives): Chart => ({
  title: "Taux d'échec par source",
  description: `Une barre par source, rouge au-delà de l'objectif de ${inFrench(to.failureRate)} que marque la ligne tiretée.`,
  height: 56 + ROW * sources.length,
  option: {
    grid: { left: 150, right: 64, top: 24, bottom: 28 },
    yAxis: sourceAxis(sources),
    xAxis: {
      type: "value",
      ...axisLook,
      max: ({ max }: { max: number }) => Math.max(max * 1.05, to.failureRate.value * 1.25),
      axisLabel: {
        ...labels((value) => `${french.number(Math.round(value * 1000) / 10, "count")} %`),
        showMaxLabel: false,
      },
    },
    series: [
      bars(sources, { of: failureRate, limit: to.failureRate, shown: (value) => french.number(value, "percentunit") }),
    ],
  },
});

const SYMBOLS = { p50: "circle", p95: "diamond", p99: "triangle" } as const;

export const durations = ({ sources }: Figures, to: Objectives): Chart => ({
  title: "Durée des exécutions par source",
  description: `Pour chaque source, la médiane (p50), le p95 et le p99 sur une échelle logarithmique ; la ligne tiretée marque l'objectif du p95, ${inFrench(to.p95)}.`,
  height: 88 + ROW * sources.length,
  option: {
    grid: { left: 150, right: 40, top: 56, bottom: 28 },
    legend: legend(12),
    yAxis: linedAxis(sources),
    xAxis: { type: "log", ...axisLook, axisLabel: labels(french.duration) },
    series: (["p50", "p95", "p99"] as const).map((name) => ({
      name,
      type: "scatter" as const,
      symbol: SYMBOLS[name],
      symbolSize: 13,
      itemStyle: { color: name === "p50" ? ink.soft : ink.main, opacity: 1 },
      data: sources.flatMap((level, index) => {
        const x = level[name] ?? 0;
        // A logarithmic axis has no place for 0.
        if (x <= 0) return [];
        return [
          {
            value: [x, index],
            ...(name === "p95" && x > to.p95.value && { itemStyle: { color: ink.bad, opacity: 1 } }),
          },
        ];
      }),
      ...(name === "p95" && { markLine: limitLine(to.p95) }),
    })),
  },
});

type Peak = Readonly<{ name: "cpu" | "memory"; title: string; index: number; shown: Shown }>;
const PEAKS: readonly Peak[] = [
  { name: "cpu", title: "Temps CPU maximal", index: 0, shown: french.duration },
  { name: "memory", title: "Mémoire maximale", index: 1, shown: (value) => french.number(value, "decbytes") },
];

export const resources = ({ sources }: Figures, to: Objectives): Chart => ({
  title: "Pics de CPU et de mémoire par source",
  description: `À gauche le temps CPU, à droite la mémoire de l'exécution la plus gourmande de chaque source, rouge au-delà de ${inFrench(to.cpu)} et de ${inFrench(to.memory)}.`,
  height: 84 + ROW * sources.length,
  option: {
    grid: [
      { left: 150, width: 300, top: 24, bottom: 52 },
      { left: 520, width: 320, top: 24, bottom: 52 },
    ],
    yAxis: PEAKS.map(({ index }) => sourceAxis(sources, { gridIndex: index, show: index === 0 })),
    xAxis: PEAKS.map(({ name, title, index, shown }) => ({
      type: "value",
      gridIndex: index,
      name: title,
      nameLocation: "middle",
      nameGap: 30,
      splitNumber: 3,
      ...axisLook,
      max: ({ max }: { max: number }) => Math.max(max * 1.15, to[name].value * 1.15),
      axisLabel: { ...labels(shown), showMaxLabel: false },
    })),
    series: PEAKS.map(({ name, ...peak }) => bars(sources, { ...peak, of: (level) => level[name], limit: to[name] })),
  },
});

/** A moment as a number of days since the first, whatever the length of a day. */
function dayNumber(days: Figures["days"], at: number): number {
  const index = days.findIndex(({ end }) => at < end);
  const day = days[index];
  return day ? index + (at - day.start) / (day.end - day.start) : days.length;
}

export const silences = ({ sources, days }: Figures, zone: string): Chart => ({
  title: "Silences au-delà de l'objectif",
  description:
    "Une ligne par source : chaque trait rouge est un silence plus long qu'admis, placé sur les jours de la période.",
  height: 56 + ROW * sources.length,
  option: {
    grid: { left: 150, right: 24, top: 12, bottom: 32 },
    yAxis: linedAxis(sources),
    xAxis: {
      type: "value",
      min: 0,
      max: days.length,
      minInterval: 1,
      ...axisLook,
      axisLabel: labels((value) => (days[value] ? french.shortDay(days[value].start, zone).slice(0, 5) : "")),
    },
    series: [
      {
        type: "custom",
        data: sources.flatMap(({ freshness: { breaches } }, index) =>
          breaches.map(({ start, end }) => [index, dayNumber(days, start), dayNumber(days, end)]),
        ),
        renderItem: (_, api) => {
          const [x = 0, y = 0] = api.coord([api.value(1), api.value(0)]);
          const [end = 0] = api.coord([api.value(2), api.value(0)]);
          return {
            type: "rect",
            shape: { x, y: y - 9, width: Math.max(3, end - x), height: 18, r: 2 },
            style: { fill: ink.bad },
          };
        },
        encode: { x: [1, 2], y: 0 },
      },
    ],
  },
});

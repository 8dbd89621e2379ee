import { inFrench } from "../../../core/units.ts";
import { axisLook, type Chart, ink, limitLine } from "../../../view/svg.ts";
import type { Figures } from "../figures.ts";
import * as french from "../french.ts";
import { failureRate, type Objectives } from "../objectives.ts";
import { barAxis, bars, labels, legend, linedAxis, NAMES, ROW, sourceAxis } from "./look.ts";

const percents = (value: number) => french.number(value, "percentunit");

export const failureRates = ({ sources }: Figures, to: Objectives): Chart => ({
  title: "Taux d'échec par source",
  description: `Une barre par source, rouge au-delà de l'objectif de ${inFrench(to.failureRate)} que marque la ligne tiretée.`,
  height: 56 + ROW * sources.length,
  option: {
    grid: { left: NAMES, right: 64, top: 24, bottom: 28 },
    yAxis: sourceAxis(sources),
    xAxis: barAxis({ limit: to.failureRate, shown: (value) => inFrench({ value, unit: "percentunit" }) }),
    series: [bars(sources, { of: failureRate, limit: to.failureRate, shown: percents })],
  },
});

const SYMBOLS = { p50: "circle", p95: "diamond", p99: "triangle" } as const;

export const durations = ({ sources }: Figures, to: Objectives): Chart => ({
  title: "Durée des exécutions par source",
  description: `Pour chaque source, la médiane (p50), le p95 et le p99 sur une échelle logarithmique ; la ligne tiretée marque l'objectif du p95, ${inFrench(to.p95)}.`,
  height: 88 + ROW * sources.length,
  option: {
    grid: { left: NAMES, right: 40, top: 56, bottom: 28 },
    legend,
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
        const isSlow = name === "p95" && x > to.p95.value;
        return [{ value: [x, index], ...(isSlow && { itemStyle: { color: ink.bad, opacity: 1 } }) }];
      }),
      ...(name === "p95" && { markLine: limitLine(to.p95) }),
    })),
  },
});

const megabytes = (value: number) => french.number(value, "decbytes");
const PEAKS = [
  { name: "cpu", title: "Temps CPU maximal", shown: french.duration, grid: { left: NAMES, width: 300 } },
  { name: "memory", title: "Mémoire maximale", shown: megabytes, grid: { left: 520, width: 320 } },
] as const;

export function resources({ sources }: Figures, to: Objectives): Chart {
  const peaks = PEAKS.map((peak, index) => ({ ...peak, index, limit: to[peak.name] }));
  return {
    title: "Pics de CPU et de mémoire par source",
    description: `À gauche le temps CPU, à droite la mémoire de l'exécution la plus gourmande de chaque source, rouge au-delà de ${inFrench(to.cpu)} et de ${inFrench(to.memory)}.`,
    height: 84 + ROW * sources.length,
    option: {
      grid: peaks.map(({ grid }) => ({ ...grid, top: 24, bottom: 52 })),
      yAxis: peaks.map(({ index }) => sourceAxis(sources, { gridIndex: index, show: index === 0 })),
      xAxis: peaks.map((peak) => ({
        ...barAxis(peak),
        name: peak.title,
        nameLocation: "middle" as const,
        nameGap: 30,
        splitNumber: 3,
      })),
      series: peaks.map((peak) => bars(sources, { ...peak, of: (level) => level[peak.name] })),
    },
  };
}

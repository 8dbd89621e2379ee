import { axisLook, type Chart, ink } from "../../../view/svg.ts";
import type { Figures } from "../figures.ts";
import * as french from "../french.ts";
import { labels, legend, linedAxis, NAMES, ROW } from "./look.ts";

type Counted = Pick<Figures["days"][number], "runs" | "failures">;
const STATES = [
  { name: "Succès", color: ink.good, of: ({ runs, failures }: Counted) => runs - failures },
  { name: "Échecs", color: ink.bad, of: ({ failures }: Counted) => failures },
];

export const activity = ({ days }: Figures, zone: string): Chart => ({
  title: "Exécutions par jour",
  description: "Une barre par jour : succès en vert, échecs en rouge au-dessus.",
  height: 260,
  option: {
    grid: { left: 56, right: 16, top: 36, bottom: 28 },
    legend,
    xAxis: { type: "category", data: days.map(({ start }) => french.dayAndMonth(start, zone)), ...axisLook },
    yAxis: {
      type: "value",
      minInterval: 1,
      ...axisLook,
      axisLabel: labels((value) => french.number(value, "count")),
    },
    series: STATES.map(({ name, color, of }) => ({
      name,
      type: "bar" as const,
      stack: "runs",
      barCategoryGap: "25%",
      itemStyle: { color },
      data: days.map(of),
    })),
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
    grid: { left: NAMES, right: 24, top: 12, bottom: 32 },
    yAxis: linedAxis(sources),
    xAxis: {
      type: "value",
      min: 0,
      max: days.length,
      minInterval: 1,
      ...axisLook,
      axisLabel: labels((value) => (days[value] ? french.dayAndMonth(days[value].start, zone) : "")),
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

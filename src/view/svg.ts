import type * as echarts from "echarts";
import { load } from "../core/libraries.ts";
import { inFrench, type Quantity } from "../core/units.ts";

/** A chart of the page: what it shows in words, and how it is drawn. */
export type Chart = Readonly<{
  title: string;
  description: string;
  width?: number;
  height: number;
  option: echarts.EChartsOption;
}>;

const WIDTH = 920;

/** The page's style sheet gives each of these another colour in the dark; none is used for anything else. */
export const ink = {
  text: "#475569",
  line: "#cbd5e1",
  good: "#2f9e6e",
  bad: "#d6453d",
  main: "#3b6fb6",
  soft: "#9dbbe3",
  limit: "#b45309",
} as const;

/** A short form that no attribute has, such as `font: normal normal 12px inherit`, as its parts. */
const FONT = /\bfont:[^;]*?(\d+px) ([^;]+)/;

const attributes = (declarations: string) =>
  declarations
    .replace(FONT, "font-size:$1;font-family:$2")
    .split(";")
    .filter(Boolean)
    .map((declaration) => declaration.split(":"))
    .map(([name, value]) => `${name}="${value?.replaceAll('"', "'")}"`)
    .join(" ");

/** The chart as SVG without scripts, style sheets and style attributes, which the page's policy refuses. */
export function draw({ width = WIDTH, height, option }: Chart): string {
  const { init }: typeof echarts = load("echarts");
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: "inherit", color: ink.text }, ...option });
    return chart
      .renderToSVGString({ useViewBox: true })
      .replace(/<style[^>]*>[\s\S]*?<\/style>/g, "")
      .replace(/<rect width="\d+" height="\d+" x="0" y="0" fill="none"><\/rect>\n?/, "")
      .replace(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/g, "")
      .replace(/ style="([^"]*)"/g, (_, declarations: string) => ` ${attributes(declarations)}`)
      .replace(/\bzr\d+-/g, "")
      .trim();
  } finally {
    chart.dispose();
  }
}

const MOST_NAME = 22;
/** A name as it has room beside a drawing. */
export const shortened = (name: string): string =>
  name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 1)}…` : name;

/** The dashed line of a limit, and its value. */
export const limitLook = {
  silent: true,
  symbol: "none",
  animation: false,
  lineStyle: { color: ink.limit, type: "dashed" as const, width: 1.5 },
  label: { color: ink.limit, textBorderWidth: 0 },
};
/** A dashed line at an objective, with its value. */
export const limitLine = (objective: Quantity) => ({
  ...limitLook,
  label: { ...limitLook.label, formatter: inFrench(objective), position: "start" as const, distance: 4 },
  data: [{ xAxis: objective.value }],
});
export const axisLook = {
  axisLine: { lineStyle: { color: ink.line } },
  axisTick: { lineStyle: { color: ink.line } },
  axisLabel: { color: ink.text, fontSize: 12 },
  splitLine: { showMaxLine: false, lineStyle: { color: ink.line, opacity: 0.6 } },
  nameTextStyle: { color: ink.text },
};

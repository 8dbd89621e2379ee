import { customOf } from "../fields.ts";
import type { Line, Plot } from "../plot.ts";
import { type Look, margins } from "./look.ts";

const BAR = { factor: 0.6, most: 200 };

/** The width of a series' bars in whole pixels; Grafana draws none that are thinner than half a pixel. */
export function barPixels(line: Line, { spacing }: Plot, { width, range }: Pick<Look, "width" | "range">): number {
  const { barMaxWidth = BAR.most, barWidthFactor = BAR.factor } = customOf(line.field);
  const pixels = spacing === undefined ? width : (spacing / (range.to - range.from)) * width;
  return Math.round(Math.min(Number(barMaxWidth), pixels * Number(barWidthFactor)));
}

/** Whether bars are too thin to be seen, as they are in Grafana. */
export const hidesBars = (plot: Plot, { width, range }: Pick<Look, "width" | "range">): boolean => {
  const { left, right } = margins(plot);
  const inner = { width: width - left - right, range };
  return plot.lines.some((line) => line.style === "bars" && barPixels(line, plot, inner) === 0);
};

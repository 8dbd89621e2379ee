import type { Axis, Plot } from "../plot.ts";
import type { TimeRange } from "../times.ts";

/** What a chart takes from the page: its inner size in pixels, the range, the page's colours and time zone. */
export type Look = Readonly<{ width: number; range: TimeRange; text: string; grid: string; zone?: string }>;

const AXIS_WIDTH = 58;
const LABEL_WIDTH = 18;
const MARGIN = 12;

const widthOf = ({ label, hidden }: Axis) => {
  if (hidden) return 0;
  return AXIS_WIDTH + (label ? LABEL_WIDTH : 0);
};
/** The pixels that the axes of a side take. */
export const widthOn = (axes: readonly Axis[], side: Axis["side"]): number =>
  axes.filter((axis) => axis.side === side).reduce((sum, axis) => sum + widthOf(axis), 0);
/** How far a vertical axis' name stands from it. */
export const NAME_GAP = AXIS_WIDTH - 8;

/** Pixels left and right of the drawing. */
export const margins = ({ axes }: Plot): Readonly<{ left: number; right: number }> => ({
  left: widthOn(axes, "left") || MARGIN,
  right: widthOn(axes, "right") || MARGIN,
});

import { DAY_MS } from "../../core/spans.ts";
import { formatted, moment } from "../format.ts";
import type { Axis } from "../plot.ts";
import { type Look, NAME_GAP, widthOn } from "./look.ts";

/** A value beside the axis: no zeros that say nothing behind its point. */
function onAxis(value: number, config: Axis["config"]): string {
  const { text, suffix } = formatted(value, config);
  return `${text.includes(".") ? text.replace(/\.?0+$/, "") : text}${suffix}`;
}

type Extent = Readonly<{ min: number; max: number }>;
type Bound = number | ((data: Extent) => number) | undefined;

/**
 * An end of an axis: where it must stand, else where it stands unless the data go beyond it, else where the data end.
 */
function boundOf(side: keyof Extent, { min, max, custom = {} }: Axis["config"]): Bound {
  const hard = side === "min" ? min : max;
  const soft = side === "min" ? custom.axisSoftMin : custom.axisSoftMax;
  if (hard !== undefined || typeof soft !== "number") return hard;
  // ECharts takes none for its own choice, which its types do not say.
  const own = null as unknown as number;
  return (data) => {
    const isBeyond = side === "min" ? data.min < soft : data.max > soft;
    return isBeyond ? own : soft;
  };
}

/** A vertical axis beside those before it. */
export function yAxis(axis: Axis, before: readonly Axis[], { text, grid }: Look) {
  const { label, config, logarithmic, side, hidden, fromZero } = axis;
  const [min, max] = [boundOf("min", config), boundOf("max", config)];
  return {
    ...(logarithmic ? { type: "log" as const, logBase: logarithmic } : { type: "value" as const }),
    position: side,
    offset: widthOn(before, side),
    show: !hidden,
    name: label,
    nameLocation: "middle" as const,
    nameGap: NAME_GAP,
    nameRotate: side === "left" ? 90 : -90,
    nameTextStyle: { color: text, fontSize: 11 },
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    scale: !fromZero,
    splitNumber: 5,
    // Between two counts there is none.
    ...(config.decimals === 0 && { minInterval: 1 }),
    axisLabel: { color: text, fontSize: 11, hideOverlap: true, formatter: (value: number) => onAxis(value, config) },
    splitLine: { show: before.length === 0, lineStyle: { color: grid } },
  };
}

/** A time on the axis: the time of day, with the date where the range is long. */
function tick(time: number, { range: { from, to }, zone }: Look): string {
  const [day = "", clock = ""] = moment(time, zone).split(" ");
  if (to - from <= DAY_MS) return to - from < DAY_MS / 96 ? clock : clock.slice(0, 5);
  return `${day.slice(8)}/${day.slice(5, 7)} ${clock.slice(0, 5)}`;
}

/** The axis of time. */
export const timeAxis = (look: Look) => ({
  type: "time" as const,
  min: look.range.from,
  max: look.range.to,
  axisLine: { lineStyle: { color: look.grid } },
  axisLabel: { color: look.text, fontSize: 11, hideOverlap: true, formatter: (time: number) => tick(time, look) },
  splitLine: { show: true, lineStyle: { color: look.grid } },
  axisPointer: {
    show: true,
    snap: false,
    lineStyle: { color: look.text, type: "dashed" as const },
    label: { show: false },
  },
});

import type { Labels } from "../../alerting/values.ts";
import type { Unit } from "../../core/units.ts";
import { written } from "../../view/format.ts";

const SIZES = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** A duration by its two largest units: `3 d 4 h`, `12 min`. */
export function spoken(seconds: number): string {
  const first = SIZES.findIndex(([, size]) => seconds >= size);
  if (first < 0) return "0 s";
  let rest = Math.round(seconds);
  const parts = SIZES.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? `${count} ${unit}` : "";
  });
  return parts.filter(Boolean).join(" ");
}

const LONG = 120;
/** A value in its unit. */
export const inUnit = (value: number, unit: Unit): string =>
  unit === "s" && value >= LONG ? spoken(value) : written(value, unit);

/** A distance with its sign. */
export const signed = (value: number, unit: Unit): string => {
  if (value === 0) return "0";
  return `${value > 0 ? "+" : "−"}${inUnit(Math.abs(value), unit)}`;
};

/** An instance by the values of its labels. */
export const instanceName = (labels: Labels): string => Object.values(labels).join(" · ") || "everything";

import { spoken } from "../../core/durations.ts";
import type { Unit } from "../../core/units.ts";
import { written } from "../../view/format.ts";

const LONG = 120;
/** A value in its unit. */
export const inUnit = (value: number, unit: Unit): string =>
  unit === "s" && value >= LONG ? spoken(value) : written(value, unit);

/** A distance with its sign. */
export const signed = (value: number, unit: Unit): string => {
  if (value === 0) return "0";
  return `${value > 0 ? "+" : "−"}${inUnit(Math.abs(value), unit)}`;
};

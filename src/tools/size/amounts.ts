import { DAY_S } from "../../core/spans.ts";
import { written } from "../../view/format.ts";

const TIMES = [
  ["days", DAY_S],
  ["h", 3600],
  ["min", 60],
] as const;

const digits = (value: number) => [10, 100].filter((limit) => value < limit).length;
/** A number with commas, and no more than three digits that count after the point. */
export const count = (value: number): string =>
  value.toLocaleString("en", { maximumFractionDigits: Number.isInteger(value) ? 0 : digits(value) });

/** Bytes in decimal units. */
export const bytes = (value: number): string => written(value, "decbytes");

/** Seconds, minutes, hours or days: an estimate, rounded, where `core/durations.ts` prints all digits. */
export function time(seconds: number): string {
  const [unit, size] = TIMES.find(([, one]) => seconds >= 2 * one) ?? ["s", 1];
  return `${count(seconds / size)} ${unit}`;
}

/** A share in percent. */
export const percent = (value: number): string =>
  value > 0 && value < 0.0001 ? "under 0.01 %" : `${count(value * 100)} %`;

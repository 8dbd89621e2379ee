const BYTES = [
  ["TB", 1e12],
  ["GB", 1e9],
  ["MB", 1e6],
  ["kB", 1e3],
] as const;
const TIMES = [
  ["days", 172_800],
  ["h", 7200],
  ["min", 120],
] as const;
const SIZES = { days: 86_400, h: 3600, min: 60 } as const;

const digits = (value: number) => [10, 100].filter((limit) => value < limit).length;
const rounded = (value: number) =>
  value.toLocaleString("en", { maximumFractionDigits: Number.isInteger(value) ? 0 : digits(value) });

/** A number with commas, and no more than three digits that count after the point. */
export const count = (value: number): string => rounded(value);

/** Bytes in decimal units. */
export function bytes(value: number): string {
  const [unit, size] = BYTES.find(([, least]) => value >= least) ?? ["B", 1];
  return `${rounded(value / size)} ${unit}`;
}

/** Seconds, minutes, hours or days: an estimate, rounded, where `core/durations.ts` prints all digits. */
export function time(seconds: number): string {
  const [unit] = TIMES.find(([, least]) => seconds >= least) ?? ["s"];
  return `${rounded(unit === "s" ? seconds : seconds / SIZES[unit as keyof typeof SIZES])} ${unit}`;
}

/** A share in percent. */
export const percent = (value: number): string =>
  value > 0 && value < 0.0001 ? "under 0.01 %" : `${rounded(value * 100)} %`;

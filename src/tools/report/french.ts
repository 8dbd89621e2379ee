import { Temporal } from "temporal-polyfill";

/** What a number or a text of the report is; it decides how it is written. */
export type Kind = "text" | "count" | "s" | "percentunit" | "decbytes" | "time" | "day";

const NBSP = "\u00a0";
const formatter = (least: number, most: number) => {
  const french = new Intl.NumberFormat("fr-FR", { minimumFractionDigits: least, maximumFractionDigits: most });
  // Many fonts lack the narrow space that French puts between thousands.
  return (value: number) => french.format(value).replace(/\u202f/g, NBSP);
};
const [whole, upToTwo, two, one] = [formatter(0, 0), formatter(0, 2), formatter(2, 2), formatter(0, 1)];
const padded = (value: number) => String(value).padStart(2, "0");

/** A duration in seconds, in French, of even width for columns: `0,42 s`, `3 min 05 s`, `1 h 05 min`, `2 j 04 h`. */
export function duration(seconds: number): string {
  const hundredths = Math.round(seconds * 100) / 100;
  if (hundredths < 60) return `${upToTwo(hundredths)}${NBSP}s`;
  const rounded = Math.round(seconds);
  if (rounded < 3600) return `${Math.floor(rounded / 60)}${NBSP}min${NBSP}${padded(rounded % 60)}${NBSP}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 2880) return `${Math.floor(minutes / 60)}${NBSP}h${NBSP}${padded(minutes % 60)}${NBSP}min`;
  const hours = Math.round(seconds / 3600);
  return `${whole(Math.floor(hours / 24))}${NBSP}j${NBSP}${padded(hours % 24)}${NBSP}h`;
}

const zoned = (ms: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(zone);
/** A day in words: `1er octobre 2026`. */
export function day(ms: number, zone: string): string {
  const date = zoned(ms, zone).toPlainDate();
  const month = date.toLocaleString("fr-FR", { month: "long" });
  return `${date.day === 1 ? "1er" : date.day}${NBSP}${month}${NBSP}${date.year}`;
}
/** A moment in words, to the minute: `1er octobre 2026 à 06:00`. */
export const momentInWords = (ms: number, zone: string): string => `${day(ms, zone)} à ${time(ms, zone)}`;
const time = (ms: number, zone: string) => zoned(ms, zone).toPlainTime().toString({ smallestUnit: "minute" });
/** A day of its year in digits: `01/10`. */
export function dayAndMonth(ms: number, zone: string): string {
  const { day, month } = zoned(ms, zone);
  return `${padded(day)}/${padded(month)}`;
}
const shortDay = (ms: number, zone: string) => `${dayAndMonth(ms, zone)}/${zoned(ms, zone).year}`;
/** `2026-10-01 06:00:00`, as spreadsheets read it. */
export const sortable = (ms: number, zone: string): string =>
  zoned(ms, zone).toPlainDateTime().toString({ smallestUnit: "second" }).replace("T", " ");
export const isMidnight = (ms: number, zone: string): boolean => zoned(ms, zone).startOfDay().epochMilliseconds === ms;

/** A number of a kind that no time zone changes, as it is read; `—` for none. */
export function number(value: number | undefined, kind: Exclude<Kind, "time" | "day">): string {
  if (value === undefined) return "—";
  switch (kind) {
    case "text":
    case "count":
      return whole(value);
    case "s":
      return duration(value);
    case "percentunit":
      return `${two(value * 100)}${NBSP}%`;
    case "decbytes":
      return `${one(value / 1e6)}${NBSP}Mo`;
    default:
      return kind satisfies never;
  }
}

/** A value of the report as it is read; `—` for none. */
export function shown(
  value: string | number | undefined,
  { kind, zone }: Readonly<{ kind: Kind; zone: string }>,
): string {
  if (typeof value === "string") return value;
  if (kind !== "time" && kind !== "day") return number(value, kind);
  if (value === undefined) return "—";
  return kind === "day" ? shortDay(value, zone) : `${shortDay(value, zone)} ${time(value, zone)}`;
}

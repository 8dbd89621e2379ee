import { GRAFANA_UNITS } from "../core/grafana-units.ts";
import { kept } from "../core/kept.ts";

/** A value as Grafana writes it: number or text, and the unit that stands behind it. */
type Shown = Readonly<{ text: string; suffix: string }>;

/** Three significant digits, none behind the point of a whole number. */
function digits(value: number, decimals: number | undefined): string {
  if (!Number.isFinite(value)) return String(value);
  if (decimals !== undefined) return value.toFixed(decimals);
  if (value === 0 || value % 1 === 0) return String(value);
  const places = 2 - Math.floor(Math.log10(Math.abs(value)));
  const text = value.toFixed(Math.min(20, Math.max(0, places)));
  return Object.is(Number(text), -0) ? text.replace("-", "") : text;
}

type Format = (value: number, decimals: number | undefined) => Shown;
const plain =
  (suffix: string, factor = 1): Format =>
  (value, decimals) => ({ text: digits(value * factor, decimals), suffix });

/** Divides by the factor until the number is small enough for its unit. */
const scaled =
  (factor: number, units: readonly string[]): Format =>
  (value, decimals) => {
    let rest = value;
    let at = 0;
    while (Math.abs(rest) >= factor && at < units.length - 1) {
      rest /= factor;
      at += 1;
    }
    return { text: digits(rest, decimals), suffix: units[at]! };
  };

const TIMES: readonly (readonly [below: number, size: number, one: string, many: string])[] = [
  [1e-6, 1e-9, " ns", " ns"],
  [1e-3, 1e-6, " µs", " µs"],
  [1, 1e-3, " ms", " ms"],
  [60, 1, " s", " s"],
  [3600, 60, " min", " mins"],
  [86_400, 3600, " hour", " hours"],
  [604_800, 86_400, " day", " days"],
  [31_536_000, 604_800, " week", " weeks"],
  [Number.POSITIVE_INFINITY, 31_536_000, " year", " years"],
];
const seconds =
  (id: string): Format =>
  (given, decimals) => {
    const value = given * GRAFANA_UNITS.get(id)!.scale;
    if (value === 0) return { text: "0", suffix: id === "ms" ? " ms" : " s" };
    const [, size, one, many] = TIMES.find(([below]) => Math.abs(value) < below) ?? TIMES.at(-1)!;
    return { text: digits(value / size, decimals), suffix: value / size === 1 ? one : many };
  };

const LETTERS = ["", "k", "M", "G", "T", "P", "E"];
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi"];

/** The units that the preview writes, by Grafana's ids, rounded and named as Grafana does. */
const formats: Readonly<Record<string, Format>> = {
  none: plain(""),
  short: scaled(1000, ["", " K", " Mil", " Bil", " Tri", " Quadr"]),
  locale: plain(""),
  percent: plain("%"),
  percentunit: plain("%", 100),
  s: seconds("s"),
  ms: seconds("ms"),
  m: seconds("m"),
  h: seconds("h"),
  d: seconds("d"),
  decbytes: scaled(
    1000,
    LETTERS.map((letter) => ` ${letter}B`),
  ),
  bytes: scaled(
    1024,
    BINARY.map((letter) => ` ${letter}B`),
  ),
};
const TIME_UNITS = new Set(["dateTimeAsIso", "dateTimeAsLocal", "time:YYYY-MM-DD HH:mm:ss"]);
export const isTimeUnit = (unit: string | undefined): boolean => unit !== undefined && TIME_UNITS.has(unit);
export const knowsUnit = (unit: string): boolean =>
  Object.hasOwn(formats, unit) || TIME_UNITS.has(unit) || /^suffix:|^string$/.test(unit);

type Written = Readonly<{ unit?: string | undefined; decimals?: number | null | undefined }>;
/** A number in its unit; a unit that is not known stands behind it as it is. */
export function formatted(value: number, { unit, decimals }: Written): Shown {
  const format = formats[unit ?? "none"] ?? plain(` ${(unit ?? "").replace(/^suffix:/, "")}`);
  return format(value, decimals ?? undefined);
}

/** A shown value as one text. */
export const textOf = ({ text, suffix }: Shown): string => `${text}${suffix}`;
/** A number with its unit, as one text. */
export const written = (value: number, unit: string): string => textOf(formatted(value, { unit }));

/** Sweden writes a date and a time as we do. */
const clocks = kept(50, (zone) => {
  const shape = { dateStyle: "short", timeStyle: "medium" } as const;
  return new Intl.DateTimeFormat("sv-SE", zone ? { ...shape, timeZone: zone } : shape);
});

/** `2026-11-27 11:19:27` in a time zone (an IANA name; the browser's own without one). */
export const moment = (ms: number, zone = ""): string => clocks(zone).format(ms);

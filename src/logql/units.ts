import { parseDuration as parseExactDuration } from "./template/time/duration.ts";

/** Nanoseconds of the units that Go's and Prometheus' durations know. */
const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86_400e9,
  w: 604_800e9,
  y: 31_536_000e9,
};

const prometheus = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const prometheusUnits = ["y", "w", "d", "h", "m", "s", "ms"];

/** Nanoseconds of a Prometheus duration (`1h30m`, whole numbers, units in falling order); undefined otherwise. */
export function parsePrometheusDuration(text: string): number | undefined {
  if (text === "0") return 0;
  const parts = prometheus.exec(text);
  if (!parts || text === "") return undefined;
  return prometheusUnits.reduce((sum, unit, index) => sum + Number(parts[index + 1] ?? 0) * nanoseconds[unit]!, 0);
}

/** Nanoseconds of a duration as Go's `time.ParseDuration` reads it (`-1.5h`, `2m3s`); undefined otherwise. */
export function parseGoDuration(text: string): number | undefined {
  const exact = parseExactDuration(text);
  return exact === undefined ? undefined : Number(exact);
}

/** Nanoseconds of a duration in a query: Prometheus' form first, then Go's. */
export const parseDuration = (text: string): number | undefined =>
  parsePrometheusDuration(text) ?? parseGoDuration(text);

const bytes: Readonly<Record<string, number>> = { "": 1, b: 1 };
const sizes: Record<string, number> = { ...bytes };
for (const [index, letter] of ["k", "m", "g", "t", "p", "e"].entries()) {
  sizes[letter] = 1000 ** (index + 1);
  sizes[`${letter}b`] = 1000 ** (index + 1);
  sizes[`${letter}i`] = 1024 ** (index + 1);
  sizes[`${letter}ib`] = 1024 ** (index + 1);
}

/** Bytes of a size such as `1.2MiB`, `40kB`, `3`; undefined otherwise. */
export function parseBytes(text: string): number | undefined {
  const parts = /^([\d.,]+)\s*([A-Za-z]*)\s*$/.exec(text);
  if (!parts) return undefined;
  const number = Number(parts[1]!.replaceAll(",", ""));
  const factor = sizes[parts[2]!.toLowerCase()];
  return factor === undefined || Number.isNaN(number) ? undefined : Math.trunc(number * factor);
}

/** Whether a text is written with the characters of a decimal number only. */
function looksDecimal(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isDigit = code >= 48 && code <= 57;
    if (!isDigit && code !== 46 && code !== 45 && code !== 43 && code !== 101 && code !== 69) return false;
  }
  return text !== "";
}
const hexadecimal = /^([+-]?)0[xX]([\da-fA-F_]+)(?:\.([\da-fA-F_]*))?[pP]([+-]?\d+)$/;
const infinite = /^[+-]?inf(?:inity)?$/i;

/** A number as Go's `strconv.ParseFloat` reads it, `NaN` and `Inf` among them; undefined otherwise. */
export function parseFloat64(text: string): number | undefined {
  if (looksDecimal(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  if (/^[+-]?nan$/i.test(text)) return /^nan$/i.test(text) ? Number.NaN : undefined;
  if (infinite.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const hex = hexadecimal.exec(text);
  if (!hex) return undefined;
  const fraction = (hex[3] ?? "").replaceAll("_", "");
  const mantissa = Number.parseInt(hex[2]!.replaceAll("_", "") + fraction, 16);
  return (hex[1] === "-" ? -1 : 1) * mantissa * 2 ** (Number(hex[4]) - 4 * fraction.length);
}

/** What Go says of a text that is no number, and of one that is no duration. */
export const numberFault = (text: string): string =>
  `strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`;
export const durationFault = (text: string): string => `time: invalid duration ${JSON.stringify(text)}`;

/** A duration in the largest unit of which it is a whole number: `75m`, `90s`, `24h`, `1500ms`. */
export function printDuration(value: number): string {
  if (value === 0) return "0s";
  const unit = ["h", "m", "s", "ms", "us", "ns"].find((name) => value % nanoseconds[name]! === 0) ?? "ns";
  return `${value / nanoseconds[unit]!}${unit}`;
}

/** A number as Go's `%f` with the fewest digits: no exponent, `+Inf`, `-Inf`, `NaN`. */
export function printFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const text = Object.is(value, -0) ? "-0" : String(value);
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!parts) return text;
  const [, sign, whole, fraction = "", power] = parts as unknown as [
    string,
    string,
    string,
    string | undefined,
    string,
  ];
  const exponent = Number(power);
  const digits = whole + fraction;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  return `${sign}${digits.padEnd(exponent + 1, "0")}`;
}

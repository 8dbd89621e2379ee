import { hexFloat } from "./template/parse/numbers.ts";
import { goQuote } from "./template/parse/quote.ts";
import { formatFloat } from "./template/print/floats.ts";
import { parseDuration as parseExactDuration } from "./template/time/duration.ts";

const prometheus = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
/** Nanoseconds of its units, in their order. */
const prometheusUnits = [31_536_000e9, 604_800e9, 86_400e9, 3600e9, 60e9, 1e9, 1e6];

/** Nanoseconds of a Prometheus duration (`1h30m`, whole numbers, units in falling order); undefined otherwise. */
export function parsePrometheusDuration(text: string): number | undefined {
  if (text === "0") return 0;
  const parts = prometheus.exec(text);
  if (!parts || text === "") return undefined;
  return prometheusUnits.reduce((sum, size, index) => sum + Number(parts[index + 1] ?? 0) * size, 0);
}

/** Nanoseconds of a duration as Go's `time.ParseDuration` reads it (`-1.5h`, `2m3s`); undefined otherwise. */
export function parseGoDuration(text: string): number | undefined {
  const exact = parseExactDuration(text);
  return exact === undefined ? undefined : Number(exact);
}

/** Nanoseconds of a duration in a query: Prometheus' form first, then Go's. */
export const parseDuration = (text: string): number | undefined =>
  parsePrometheusDuration(text) ?? parseGoDuration(text);

const sizes = new Map([
  ["", 1],
  ["b", 1],
]);
for (const [index, letter] of [..."kmgtpe"].entries())
  for (const [base, endings] of [
    [1000, ["", "b"]],
    [1024, ["i", "ib"]],
  ] as const)
    for (const ending of endings) sizes.set(letter + ending, base ** (index + 1));
const SIZE = /^([\d.,]+)\s*([A-Za-z]*)\s*$/;

/** Bytes of a size such as `1.2MiB`, `40kB`, `3`; undefined otherwise. */
export function parseBytes(text: string): number | undefined {
  const [, digits, unit] = SIZE.exec(text) ?? [];
  const number = parseFloat64(digits?.replaceAll(",", "") ?? "");
  const factor = sizes.get(unit?.toLowerCase() ?? "");
  return factor === undefined || number === undefined ? undefined : Math.trunc(number * factor);
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
const infinite = /^[+-]?inf(?:inity)?$/i;

/** A number as Go's `strconv.ParseFloat` reads it, `NaN` and `Inf` among them; undefined otherwise. */
export function parseFloat64(text: string): number | undefined {
  if (looksDecimal(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  if (/^[+-]?nan$/i.test(text)) return /^nan$/i.test(text) ? Number.NaN : undefined;
  if (infinite.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return hexFloat(text);
}

/** What Go says of a text that is no number, and of one that is no size. */
export const numberFault = (text: string): string => `strconv.ParseFloat: parsing ${goQuote(text)}: invalid syntax`;
export function bytesFault(text: string): string {
  const [, digits = "", unit = ""] = /^([\d.,]*)\s*(.*)$/s.exec(text)!;
  const number = digits.replaceAll(",", "");
  return parseFloat64(number) === undefined ? numberFault(number) : `unhandled size name: ${unit.trim().toLowerCase()}`;
}

/** A number as Go's `%f` with the fewest digits: no exponent, `+Inf`, `-Inf`, `NaN`. */
export function printFloat(value: number): string {
  const text = String(value);
  return /^-?[\d.]+$/.test(text) && !Object.is(value, -0) ? text : formatFloat(value, { verb: "f" });
}

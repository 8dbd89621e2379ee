import { kept } from "../../../core/kept.ts";
import type { Civil } from "./instant.ts";

export const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
export const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** The parts of a layout that stand for something, the longest first where they share a beginning. */
const PART =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|__2|_2(?!006)|2|3|4|5|PM|pm|-07:00:00|-070000|-07:00|-0700|-07|Z07:00:00|Z070000|Z07:00|Z0700|Z07|[.,](?:0+|9+)(?![0-9])/;

type Chunk = { readonly text: string } | { readonly part: string };
/** A layout cut in its parts and the text between them. */
export const chunks = kept(1000, (layout): readonly Chunk[] => {
  const found: Chunk[] = [];
  let rest = layout;
  for (let match = PART.exec(rest); match; match = PART.exec(rest)) {
    if (match.index > 0) found.push({ text: rest.slice(0, match.index) });
    found.push({ part: match[0] });
    rest = rest.slice(match.index + match[0].length);
  }
  return rest ? [...found, { text: rest }] : found;
});

const two = (value: number): string => String(value).padStart(2, "0");
const year = (value: number): string => (value < 0 ? "-" : "") + String(Math.abs(value)).padStart(4, "0");

const offset = (part: string, seconds: number): string => {
  if (part.startsWith("Z") && seconds === 0) return "Z";
  const size = Math.abs(seconds);
  const colon = part.includes(":") ? ":" : "";
  const fields = [Math.trunc(size / 3600), Math.trunc(size / 60) % 60, size % 60].slice(
    0,
    (part.replaceAll(":", "").length - 1) / 2,
  );
  return (seconds < 0 ? "-" : "+") + fields.map(two).join(colon);
};

const MAX_DIGITS = 9;
const fraction = (part: string, nanosecond: number): string => {
  const digits = String(nanosecond)
    .padStart(MAX_DIGITS, "0")
    .slice(0, part.length - 1);
  if (part[1] === "0") return part[0] + digits;
  const trimmed = digits.replace(/0+$/, "");
  return trimmed ? part[0] + trimmed : "";
};

const zoneName = ({ zone, offset: seconds }: Civil): string => zone || offset("-0700", seconds);

const WRITERS: Record<string, (time: Civil) => string> = {
  January: ({ month }) => MONTHS[month - 1]!,
  Jan: ({ month }) => MONTHS[month - 1]!.slice(0, 3),
  "1": ({ month }) => String(month),
  "01": ({ month }) => two(month),
  Monday: ({ weekday }) => DAYS[weekday]!,
  Mon: ({ weekday }) => DAYS[weekday]!.slice(0, 3),
  "2": ({ day }) => String(day),
  _2: ({ day }) => String(day).padStart(2),
  "02": ({ day }) => two(day),
  "002": ({ yearDay }) => String(yearDay).padStart(3, "0"),
  __2: ({ yearDay }) => String(yearDay).padStart(3),
  "15": ({ hour }) => two(hour),
  "3": ({ hour }) => String(hour % 12 || 12),
  "03": ({ hour }) => two(hour % 12 || 12),
  "4": ({ minute }) => String(minute),
  "04": ({ minute }) => two(minute),
  "5": ({ second }) => String(second),
  "05": ({ second }) => two(second),
  "2006": (time) => year(time.year),
  "06": (time) => two(Math.abs(time.year) % 100),
  PM: ({ hour }) => (hour >= 12 ? "PM" : "AM"),
  pm: ({ hour }) => (hour >= 12 ? "pm" : "am"),
  MST: zoneName,
};

const write = (chunk: Chunk, time: Civil): string => {
  if ("text" in chunk) return chunk.text;
  const { part } = chunk;
  const writer = WRITERS[part];
  if (writer) return writer(time);
  return /^[.,]/.test(part) ? fraction(part, time.nanosecond) : offset(part, time.offset);
};

/** A date in one of Go's layouts. */
export const formatDate = (layout: string, time: Civil): string =>
  chunks(layout)
    .map((chunk) => write(chunk, time))
    .join("");

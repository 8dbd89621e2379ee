import { bigOf, isInt, typeOf, type Value } from "../value.ts";
import { type Flags, NO_FLAGS, type Sign } from "./format-number.ts";
import { formatValue } from "./format-value.ts";

const one = (value: Value): string => (typeof value === "string" ? value : formatValue(value, "v", NO_FLAGS));
/** One value as Go's `%v` writes it; what a template prints of it. */
export const printed = (value: Value): string => one(value ?? "<no value>");

/** Go's Sprint: a space between two operands of which none is a text. */
export const sprint = (values: readonly Value[]): string =>
  values
    .map((value, index) =>
      index > 0 && typeof value !== "string" && typeof values[index - 1] !== "string" ? ` ${one(value)}` : one(value),
    )
    .join("");

/** Go's Sprintln. */
export const sprintln = (values: readonly Value[]): string => `${values.map(one).join(" ")}\n`;

type Scan = { at: number; argument: number; goodIndex: boolean; reordered: boolean; afterIndex: boolean };

const INDEX = /\[([^\]]*)\]/y;
const indexed = (format: string, count: number, scan: Scan): void => {
  scan.afterIndex = false;
  if (format[scan.at] !== "[") return;
  scan.reordered = true;
  INDEX.lastIndex = scan.at;
  const found = INDEX.exec(format);
  if (!found) {
    scan.goodIndex = false;
    scan.at++;
    return;
  }
  scan.at += found[0].length;
  const index = /^\d+$/.test(found[1]!) ? Number(found[1]) - 1 : -1;
  if (index >= 0 && index < count) {
    scan.argument = index;
    scan.afterIndex = true;
  } else scan.goodIndex = false;
  if (index >= 0 || /^\d+$/.test(found[1]!)) scan.afterIndex = true;
};

/** Go reads no width beyond this; what follows one that is larger is lost. */
const MAX_WIDTH = 1e6;
const digits = (format: string, scan: Scan): number | undefined => {
  const start = scan.at;
  while (/\d/.test(format[scan.at] ?? "")) scan.at++;
  if (scan.at === start) return undefined;
  const read = Number(format.slice(start, scan.at));
  if (read <= MAX_WIDTH) return read;
  scan.at = format.length;
  return undefined;
};

const starred = (values: readonly Value[], scan: Scan): number | undefined => {
  const value = values[scan.argument];
  if (scan.argument < values.length) scan.argument++;
  return isInt(value) && Math.abs(Number(bigOf(value))) <= MAX_WIDTH ? Number(bigOf(value)) : undefined;
};

type Mutable = { -readonly [Name in keyof Flags]: Flags[Name] };
const FLAGS: Record<string, Sign> = { "+": "plus", "-": "minus", "#": "sharp", " ": "space", "0": "zero" };

type Reading = { scan: Scan; flags: Mutable };
const width = (format: string, values: readonly Value[], { scan, flags }: Reading): string => {
  if (format[scan.at] !== "*") {
    flags.width = digits(format, scan);
    if (scan.afterIndex && flags.width !== undefined) scan.goodIndex = false;
    return "";
  }
  scan.at++;
  const given = starred(values, scan);
  scan.afterIndex = false;
  if (given === undefined) return "%!(BADWIDTH)";
  flags.width = Math.abs(given);
  if (given < 0) Object.assign(flags, { minus: true, zero: false });
  return "";
};

const precision = (format: string, values: readonly Value[], { scan, flags }: Reading): string => {
  if (format[scan.at] !== ".") return "";
  scan.at++;
  if (scan.afterIndex) scan.goodIndex = false;
  indexed(format, values.length, scan);
  if (format[scan.at] !== "*") {
    flags.precision = digits(format, scan) ?? 0;
    return "";
  }
  scan.at++;
  const given = starred(values, scan);
  scan.afterIndex = false;
  if (given !== undefined && given >= 0) flags.precision = given;
  return given === undefined || given < 0 ? "%!(BADPREC)" : "";
};

/** Under `%v` the signs + and # ask for names and for Go's own syntax. */
const forValue = (flags: Flags): Flags => {
  const { plus: named, sharp: goSyntax } = flags;
  return { ...flags, plus: false, sharp: false, named, goSyntax };
};

const directive = (format: string, values: readonly Value[], scan: Scan): string => {
  const plain = format[scan.at] ?? "";
  if (plain >= "a" && plain <= "z" && scan.argument < values.length) {
    scan.at++;
    return formatValue(values[scan.argument++], plain, NO_FLAGS);
  }
  const flags: Mutable = { ...NO_FLAGS };
  scan.goodIndex = true;
  for (let flag = FLAGS[format[scan.at] ?? ""]; flag; flag = FLAGS[format[++scan.at] ?? ""]) flags[flag] = true;
  indexed(format, values.length, scan);
  let problems = width(format, values, { scan, flags });
  problems += precision(format, values, { scan, flags });
  if (!scan.afterIndex) indexed(format, values.length, scan);
  if (scan.at >= format.length) return `${problems}%!(NOVERB)`;
  const verb = String.fromCodePoint(format.codePointAt(scan.at)!);
  scan.at += verb.length;
  if (verb === "%") return `${problems}%`;
  if (!scan.goodIndex) return `${problems}%!${verb}(BADINDEX)`;
  if (scan.argument >= values.length) return `${problems}%!${verb}(MISSING)`;
  return problems + formatValue(values[scan.argument++], verb, verb === "v" ? forValue(flags) : flags);
};

const extra = (value: Value): string => (typeOf(value) ? `${typeOf(value)!.name}=${one(value)}` : "<nil>");

/** Go's Sprintf. */
export const sprintf = (format: string, values: readonly Value[]): string => {
  const scan: Scan = { at: 0, argument: 0, goodIndex: true, reordered: false, afterIndex: false };
  let out = "";
  while (scan.at < format.length) {
    const percent = format.indexOf("%", scan.at);
    if (percent < 0) {
      out += format.slice(scan.at);
      break;
    }
    out += format.slice(scan.at, percent);
    scan.at = percent + 1;
    out += directive(format, values, scan);
  }
  if (scan.reordered || scan.argument >= values.length) return out;
  return `${out}%!(EXTRA ${values.slice(scan.argument).map(extra).join(", ")})`;
};

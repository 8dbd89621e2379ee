import { escapeRune, isPrintable } from "../parse/quote.ts";
import { binaryFloat, hexFloat } from "./float-bits.ts";
import { formatFloat } from "./floats.ts";

export type Sign = "plus" | "minus" | "sharp" | "space" | "zero";
/** `named` is `%+v`, structs with the names of their fields; `goSyntax` is `%#v`, values in Go's own syntax. */
export type Flags = Readonly<
  Record<Sign | "named" | "goSyntax", boolean> & Record<"width" | "precision", number | undefined>
>;
const NO_SIGNS = { plus: false, minus: false, sharp: false, space: false, zero: false };
export const NO_FLAGS: Flags = { ...NO_SIGNS, named: false, goSyntax: false, width: undefined, precision: undefined };

const LENGTH = /[\ud800-\udbff][\udc00-\udfff]/g;
const runes = (text: string): number => text.length - (text.match(LENGTH)?.length ?? 0);

/** Fills a text up to the width, on the side and with what the flags say. */
export const pad = (text: string, { width, minus, zero }: Flags): string => {
  if (width === undefined) return text;
  const missing = width - runes(text);
  if (missing <= 0) return text;
  if (minus) return text + " ".repeat(missing);
  return (zero ? "0" : " ").repeat(missing) + text;
};

const plusOf = ({ plus, space }: Flags): string => {
  if (plus) return "+";
  return space ? " " : "";
};

const BASES: Record<string, number> = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const PREFIXES: Record<string, string> = { b: "0b", o: "0", x: "0x", X: "0X", O: "0" };

const runeOf = (int: bigint): string => {
  const valid = int >= 0n && int <= 0x10ffffn && !(int >= 0xd800n && int < 0xe000n);
  return valid ? String.fromCodePoint(Number(int)) : "\ufffd";
};

const unicode = (int: bigint, { sharp, precision = 4 }: Flags): string => {
  const code = BigInt.asUintN(64, int).toString(16).toUpperCase().padStart(Math.max(4, precision), "0");
  const shown = sharp && int >= 0n && int <= 0x10ffffn && isPrintable(runeOf(int)) ? ` '${runeOf(int)}'` : "";
  return `U+${code}${shown}`;
};

/** An integer under one of its verbs; undefined where Go has none of that name. */
export const formatInteger = (int: bigint, verb: string, flags: Flags): string | undefined => {
  if (verb === "c") return pad(runeOf(int), flags);
  if (verb === "q") return pad(`'${escapeRune(runeOf(int), { quote: "'", ascii: flags.plus })}'`, flags);
  if (verb === "U") return pad(unicode(int, flags), { ...flags, zero: false });
  const base = BASES[verb];
  if (!base) return undefined;
  const sign = int < 0n ? "-" : plusOf(flags);
  const { precision, width } = flags;
  if (precision === 0 && int === 0n) return pad("", { ...flags, zero: false });
  let digits = (int < 0n ? -int : int).toString(base);
  if (verb === "X") digits = digits.toUpperCase();
  const filled = flags.zero && !flags.minus && precision === undefined ? (width ?? 0) - sign.length : 0;
  digits = digits.padStart(precision ?? filled, "0");
  let prefix = flags.sharp ? (PREFIXES[verb] ?? "") : "";
  if ((verb === "o" || verb === "O") && digits.startsWith("0")) prefix = "";
  if (verb === "O") prefix = `0o${prefix}`;
  return pad(sign + prefix + digits, { ...flags, zero: false });
};

/** `%#g` and the like keep the point and, under `g`, the trailing zeros. */
const sharpened = (text: string, verb: string, { precision }: Flags): string => {
  const mark = verb === "x" ? "p" : "e";
  const [mantissa = "", exponent] = text.split(mark);
  const tail = exponent === undefined ? "" : mark + exponent;
  const pointed = mantissa.includes(".") ? mantissa : `${mantissa}.`;
  if (verb !== "g") return pointed + tail;
  const wanted = precision === 0 ? 1 : (precision ?? 6);
  const count = pointed.replace(/^[-+]?0*\.?0*|\./g, "").length;
  return pointed + "0".repeat(Math.max(0, wanted - Math.max(count, Number(/^[-+]?0\.?0*$/.test(pointed))))) + tail;
};

type Look = { readonly verb: "e" | "f" | "g" | "x" | "b"; readonly precision?: number };
const [G, X]: readonly Look[] = [{ verb: "g" }, { verb: "x" }];
const [E, F]: readonly Look[] = [
  { verb: "e", precision: 6 },
  { verb: "f", precision: 6 },
];
const VERBS: Record<string, Look | undefined> = { v: G, g: G, G, e: E, E, f: F, F, x: X, X, b: { verb: "b" } };

type Bits = { readonly verb: "x" | "b"; readonly precision: number | undefined };
const bitsText = (value: number, { verb, precision }: Bits): string => {
  if (!Number.isFinite(value)) return formatFloat(value, { verb: "g" });
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return sign + (verb === "b" ? binaryFloat(value) : hexFloat(value, precision));
};

/** A float under one of its verbs; undefined where Go has none of that name. */
export const formatFloatVerb = (value: number, verb: string, flags: Flags): string | undefined => {
  const look = VERBS[verb];
  if (!look) return undefined;
  const precision = flags.precision ?? look.precision;
  let text =
    look.verb === "x" || look.verb === "b"
      ? bitsText(value, { verb: look.verb, precision })
      : formatFloat(value, { verb: look.verb, precision });
  if (!Number.isFinite(value)) {
    const unsigned = text.replace(/^[+-]/, "");
    if (!Number.isNaN(value)) text = value > 0 && flags.space && !flags.plus ? ` ${unsigned}` : text;
    else text = plusOf(flags) + unsigned;
    return pad(text, { ...flags, zero: false });
  }
  if (flags.sharp && look.verb !== "b") text = sharpened(text, look.verb, flags);
  if (verb === "E" || verb === "G" || verb === "X") text = text.toUpperCase();
  const negative = text.startsWith("-");
  const sign = negative ? "-" : plusOf(flags);
  const digits = negative ? text.slice(1) : text;
  if (flags.zero && !flags.minus) return sign + digits.padStart((flags.width ?? 0) - sign.length, "0");
  return pad(sign + digits, flags);
};

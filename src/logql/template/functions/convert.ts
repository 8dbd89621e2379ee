import { parseConstant, parseInteger } from "../parse/numbers.ts";
import { bigOf, isInt, type Value } from "../value.ts";

const wholeText = (text: string): string => text.replace(/\.0+$/, "");

/** A value as an integer, 0 where it is none: what `int` and the sums do. */
export const toInteger = (value: Value): bigint => {
  if (isInt(value)) return BigInt.asIntN(64, bigOf(value));
  if (typeof value === "boolean") return BigInt(value);
  if (typeof value === "number")
    return Number.isFinite(value) ? BigInt.asIntN(64, BigInt(Math.trunc(value))) : -(1n << 63n);
  if (typeof value !== "string") return 0n;
  const found = parseInteger(wholeText(value));
  return found === undefined || found >= 1n << 63n ? 0n : found;
};

const NAMED: Record<string, number> = { inf: Infinity, infinity: Infinity, nan: Number.NaN };

/** A text as Go's ParseFloat reads it; undefined where it refuses it. */
export const parseFloatText = (text: string): number | undefined => {
  const named = NAMED[text.replace(/^[+-]/, "").toLowerCase()];
  if (named !== undefined) return text.startsWith("-") ? -named : named;
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  if (!/^[+-]?0[xX]/.test(text)) return undefined;
  const constant = parseConstant(text);
  return "error" in constant || !/[pP]/.test(text) ? undefined : constant.float;
};

/** A value as a float, 0 where it is none. */
export const toFloat = (value: Value): number => {
  if (isInt(value)) return Number(bigOf(value));
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  return typeof value === "string" ? (parseFloatText(value) ?? 0) : 0;
};

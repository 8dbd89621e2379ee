import { parseFloat64 } from "../../units.ts";
import { parseInteger } from "../parse/numbers.ts";
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

/** A value as a float, 0 where it is none. */
export const toFloat = (value: Value): number => {
  if (isInt(value)) return Number(bigOf(value));
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  return typeof value === "string" ? (parseFloat64(value) ?? 0) : 0;
};

import { CallError } from "../errors.ts";
import { sprint, sprintf } from "../print/format.ts";
import { bigOf, compareTexts, isInt, kindOf, typeOf, type Value } from "../value.ts";

const basic = (value: Value): "int" | "string" | "bool" | "float" | "other" => {
  if (isInt(value)) return "int";
  const kind = kindOf(value);
  return kind === "string" || kind === "bool" || kind === "float" ? kind : "other";
};

const isNone = (value: Value): boolean => value === undefined || value === null;
const comparable = (value: Value): boolean => kindOf(value) === "struct";

const incompatible = (a: Value, b: Value): never => {
  throw new CallError(`incompatible types for comparison: ${typeOf(a)!.name} and ${typeOf(b)!.name}`);
};

/** Go's `eq` of two values; throws where it refuses to compare them. */
export const equal = (a: Value, b: Value): boolean => {
  const kind = basic(a);
  if (kind !== basic(b)) {
    return isNone(a) || isNone(b) ? false : incompatible(a, b);
  }
  if (kind === "int") return bigOf(a as bigint) === bigOf(b as bigint);
  if (kind !== "other") return a === b;
  if (isNone(a) || isNone(b)) return isNone(a) && isNone(b);
  if (!comparable(a) || !comparable(b)) {
    const wrong = comparable(a) ? b : a;
    throw new CallError(`non-comparable type ${sprintf("%s", [wrong])}: ${typeOf(wrong)!.name}`);
  }
  return typeOf(a) === typeOf(b) && sprint([a]) === sprint([b]);
};

/** How Go's `lt` and the like order two values: below, at or above zero; NaN, without order, gives NaN. */
export const compare = (a: Value, b: Value): number => {
  const kind = basic(a);
  if (kind === "other" || basic(b) === "other") throw new CallError("invalid type for comparison");
  if (kind !== basic(b)) return incompatible(a, b);
  if (kind === "int")
    return Number(bigOf(a as bigint) > bigOf(b as bigint)) - Number(bigOf(a as bigint) < bigOf(b as bigint));
  if (kind === "string") return compareTexts(a as string, b as string);
  if (kind !== "float") throw new CallError("invalid type for comparison");
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  return Number((a as number) > (b as number)) - Number((a as number) < (b as number));
};

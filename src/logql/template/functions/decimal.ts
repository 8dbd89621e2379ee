import { formatFloat } from "../print/floats.ts";

/** A decimal number: coefficient / 10^scale. */
type Decimal = { readonly coefficient: bigint; readonly scale: number };
const DIVISION_PLACES = 16;

const decimal = (value: number): Decimal => {
  const text = formatFloat(value, { verb: "f" });
  const [whole = "", fraction = ""] = text.split(".");
  return { coefficient: BigInt(whole + fraction), scale: fraction.length };
};
const toNumber = ({ coefficient, scale }: Decimal): number => Number(`${coefficient}e-${scale}`);

const aligned = (a: Decimal, b: Decimal): readonly [bigint, bigint, number] => {
  const scale = Math.max(a.scale, b.scale);
  return [a.coefficient * 10n ** BigInt(scale - a.scale), b.coefficient * 10n ** BigInt(scale - b.scale), scale];
};

const divide = (a: bigint, b: bigint): Decimal => {
  const scaled = a * 10n ** BigInt(DIVISION_PLACES);
  const rest = scaled % b;
  const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
  const step = scaled < 0n === b < 0n ? 1n : -1n;
  const up = absolute(rest) * 2n >= absolute(b) ? step : 0n;
  return { coefficient: scaled / b + up, scale: DIVISION_PLACES };
};

export type Operation = "add" | "sub" | "mul" | "div";
/** One sum of two floats as decimals: 0.1 + 0.2 is 0.3. */
export const decimalSum =
  (operation: Operation) =>
  (left: number, right: number): number => {
    const [a, b, scale] = aligned(decimal(left), decimal(right));
    if (operation === "add") return toNumber({ coefficient: a + b, scale });
    if (operation === "sub") return toNumber({ coefficient: a - b, scale });
    if (operation === "mul") return toNumber({ coefficient: a * b, scale: 2 * scale });
    return toNumber(divide(a, b));
  };

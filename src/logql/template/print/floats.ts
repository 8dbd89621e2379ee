import { parts } from "./float-bits.ts";

/** |value| times ten to the power of `places`, rounded to a whole number, halves to even. */
const scaled = (value: number, places: number): bigint => {
  const { mantissa, exponent } = parts(value);
  let above = mantissa * (exponent > 0n ? 1n << exponent : 1n);
  let below = exponent < 0n ? 1n << -exponent : 1n;
  if (places >= 0) above *= 10n ** BigInt(places);
  else below *= 10n ** BigInt(-places);
  const whole = above / below;
  const twice = (above % below) * 2n;
  return twice > below || (twice === below && whole % 2n === 1n) ? whole + 1n : whole;
};

/** The decimal digits of a float and the place of its point: 0.ddd × 10^point. */
type Digits = { readonly digits: string; readonly point: number };

const shortest = (value: number): Digits => {
  if (value === 0) return { digits: "0", point: 1 };
  const [digits = "", exponent] = Math.abs(value).toExponential().split("e");
  return { digits: digits.replace(".", ""), point: Number(exponent) + 1 };
};

const significant = (value: number, count: number): Digits => {
  if (value === 0) return { digits: "0".repeat(count), point: 1 };
  let { point } = shortest(value);
  let digits = String(scaled(value, count - point));
  if (digits.length < count) {
    point--;
    digits = String(scaled(value, count - point));
  }
  if (digits.length > count) {
    point++;
    digits = digits.slice(0, count);
  }
  return { digits, point };
};

const fixed = (value: number, precision: number | undefined): string => {
  if (precision !== undefined) {
    const digits = String(scaled(value, precision)).padStart(precision + 1, "0");
    const whole = digits.slice(0, digits.length - precision);
    return precision === 0 ? whole : `${whole}.${digits.slice(-precision)}`;
  }
  const { digits, point } = shortest(value);
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  const whole = digits.slice(0, point).padEnd(point, "0");
  return digits.length > point ? `${whole}.${digits.slice(point)}` : whole;
};

const exponential = ({ digits, point }: Digits): string => {
  const exponent = point - 1;
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  return `${digits[0]}${fraction}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
};

/** The precision under which `%g` with all the digits it needs turns to exponents. */
const SHORTEST = 6;

const general = (value: number, precision: number | undefined): string => {
  const count = precision === 0 ? 1 : precision;
  const found = count === undefined ? shortest(value) : significant(value, count);
  const digits = count === undefined ? found.digits : found.digits.replace(/0+$/, "") || "0";
  const exponent = found.point - 1;
  let limit = count ?? SHORTEST;
  if (count !== undefined && limit > digits.length && digits.length >= found.point) limit = digits.length;
  if (exponent < -4 || exponent >= limit) return exponential({ digits, point: found.point });
  return fixed(value === 0 ? 0 : value, Math.max(0, digits.length - found.point));
};

type FloatFormat = { readonly verb: "e" | "f" | "g"; readonly precision?: number | undefined };

/** A float as Go's strconv writes it; without precision, the fewest digits that read back as the same. */
export const formatFloat = (value: number, { verb, precision }: FloatFormat): string => {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (verb === "f") return sign + fixed(value, precision);
  if (verb === "g") return sign + general(value, precision);
  const digits = precision === undefined ? shortest(value) : significant(value, precision + 1);
  return sign + exponential(digits);
};

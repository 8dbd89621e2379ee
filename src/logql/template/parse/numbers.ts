import { goUnquote } from "./quote.ts";

type Constant = { readonly int: bigint | undefined; readonly float: number; readonly decimal: boolean };

const UNDERSCORES =
  /^[+-]?(?:0[xX]_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|0[bB]_?[01]+(?:_[01]+)*|0[oO]?_?[0-7]+(?:_[0-7]+)*|[1-9][0-9]*(?:_[0-9]+)*|0)$/;
const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const HEX_FLOAT = /^([+-]?)0[xX]([0-9a-fA-F_]*)\.?([0-9a-fA-F_]*)[pP]([+-]?[0-9]+)$/;
const MAX_UINT = 1n << 64n;
const MIN_INT = -(1n << 63n);

/** A Go integer literal of any base, with its sign. */
export const parseInteger = (text: string): bigint | undefined => {
  if (!UNDERSCORES.test(text)) return undefined;
  const digits = text.replace(/^[+-]/, "").replaceAll("_", "");
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = text.startsWith("-") ? -BigInt(octal) : BigInt(octal);
  return value < MAX_UINT && value >= MIN_INT ? value : undefined;
};

/** A hexadecimal float such as `0x1.8p3`. */
export const hexFloat = (text: string): number | undefined => {
  const found = HEX_FLOAT.exec(text);
  if (!found) return undefined;
  const [, sign, whole = "", fraction = "", exponent] = found;
  const digits = (whole + fraction).replaceAll("_", "");
  if (digits === "") return undefined;
  const value = Number.parseInt(digits, 16) * 2 ** (Number(exponent) - 4 * fraction.replaceAll("_", "").length);
  return sign === "-" ? -value : value;
};

type NumberError = { readonly error: string };
/** A number of a template as Go reads it. */
export const parseConstant = (text: string): Constant | NumberError => {
  if (text.startsWith("'")) {
    const rune = goUnquote(text);
    if (rune === undefined || [...rune].length !== 1) return { error: `malformed character constant: ${text}` };
    const code = rune.codePointAt(0)!;
    return { int: BigInt(code), float: code, decimal: false };
  }
  const int = parseInteger(text);
  if (int !== undefined) return { int, float: Number(int), decimal: false };
  const float = hexFloat(text) ?? (DECIMAL.test(text) ? Number(text.replaceAll("_", "")) : undefined);
  if (float === undefined) return { error: `illegal number syntax: "${text}"` };
  const decimal = /[.eEpP]/.test(text);
  if (!decimal) return { error: `integer overflow: "${text}"` };
  if (!Number.isFinite(float)) return { error: `illegal number syntax: "${text}"` };
  const whole = Number.isInteger(float) && Math.abs(float) < 2 ** 63;
  return { int: whole ? BigInt(float) : undefined, float, decimal };
};

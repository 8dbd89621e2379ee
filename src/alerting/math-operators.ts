import type { BinaryOperator } from "./math-parser.ts";
import type { Maybe } from "./values.ts";

const operators: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  // Go's power of ±1 to an infinity is 1, JavaScript's is NaN.
  "**": (a, b) => (Math.abs(a) === 1 && !Number.isFinite(b) ? 1 : a ** b),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
  ">": (a, b) => Number(a > b),
  ">=": (a, b) => Number(a >= b),
  "<": (a, b) => Number(a < b),
  "<=": (a, b) => Number(a <= b),
  "||": (a, b) => Number(a !== 0 || b !== 0),
  "&&": (a, b) => Number(a !== 0 && b !== 0),
};

/** Two numbers under an operator; the left alone may decide `||` and `&&` (NaN is not 0), else NaN stays NaN. */
export const applyBinary =
  (op: BinaryOperator) =>
  (a: Maybe, b: Maybe): Maybe => {
    if (a === null || b === null) return null;
    if (op === "||" && a !== 0) return 1;
    if (op === "&&" && a === 0) return 0;
    return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : operators[op](a, b);
  };

export function applyUnary(op: "!" | "-", value: Maybe): Maybe {
  if (value === null || Number.isNaN(value)) return value;
  return op === "-" ? -value : Number(value === 0);
}

/** Half away from zero, as Go rounds. */
function round(value: number): number {
  const whole = Math.trunc(value);
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole;
}

const plain =
  (each: (value: number) => number) =>
  (value: Maybe): Maybe =>
    value === null ? Number.NaN : each(value);

/** Functions of one argument, on each number. */
export const functions: Readonly<Record<string, (value: Maybe) => Maybe>> = {
  abs: plain(Math.abs),
  log: plain(Math.log),
  round: plain(round),
  ceil: plain(Math.ceil),
  floor: plain(Math.floor),
  is_nan: plain((value) => Number(Number.isNaN(value))),
  is_inf: plain((value) => Number(Math.abs(value) === Number.POSITIVE_INFINITY)),
  is_null: (value) => Number(value === null),
  is_number: (value) => Number(value !== null && Number.isFinite(value)),
};

/** Functions without an argument. */
export const constants: Readonly<Record<string, Maybe>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infn: Number.NEGATIVE_INFINITY,
  null: null,
};

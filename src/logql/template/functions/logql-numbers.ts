import { bytesFault, parseBytes } from "../../units.ts";
import { CallError } from "../errors.ts";
import { type Functions, fn, variadic } from "../run/run.ts";
import { durationProblem, parseDuration } from "../time/duration.ts";
import { ANY, FLOAT, type Fn, INT, int64, STRING, type Value } from "../value.ts";
import { toFloat, toInteger } from "./convert.ts";
import { decimalSum, type Operation } from "./decimal.ts";

const overIntegers = (body: (a: bigint, b: bigint) => bigint): Fn =>
  variadic([ANY, ANY], (first: Value, rest: readonly Value[]) =>
    int64(rest.map(toInteger).reduce((a, b) => BigInt.asIntN(64, body(a, b)), toInteger(first))),
  );
const ofTwo = (body: (a: bigint, b: bigint) => bigint): Fn =>
  fn([ANY, ANY], (a: Value, b: Value) => int64(body(toInteger(a), toInteger(b))));
const divisor = (value: bigint): bigint => {
  if (value === 0n) throw new CallError("runtime error: integer divide by zero");
  return value;
};

const overDecimals = (operation: Operation): Fn => {
  const sum = decimalSum(operation);
  return variadic([ANY], (values: readonly Value[]) => {
    const [first, ...rest] = values.map(toFloat);
    if (first === undefined) throw new CallError("runtime error: index out of range [0] with length 0");
    return rest.reduce((a, b) => {
      if (operation === "div" && b === 0) throw new CallError("decimal division by 0");
      return sum(a, b);
    }, first);
  });
};
const overFloats = (body: (a: number, b: number) => number): Fn =>
  variadic([ANY, ANY], (first: Value, rest: readonly Value[]) =>
    rest.map(toFloat).reduce((a, b) => body(a, b), toFloat(first)),
  );
const ofFloat = (body: (value: number) => number): Fn => fn([ANY], (value: Value) => body(toFloat(value)));

const HALF = 0.5;
const round = (value: Value, places: bigint, [from = HALF]: readonly number[]): number => {
  const power = 10 ** Number(places);
  const scaled = power * toFloat(value);
  const fraction = scaled - Math.trunc(scaled);
  return (fraction >= from ? Math.ceil(scaled) : Math.floor(scaled)) / power;
};

const orRefuse = <T>(read: T | undefined, fault: () => string): T => {
  if (read === undefined) throw new CallError(fault());
  return read;
};
const bytes = (text: string): number => {
  const size = text.trim();
  return orRefuse(parseBytes(size), () => bytesFault(size));
};
const seconds = (text: string): number => {
  const nanoseconds = orRefuse(parseDuration(text), () => durationProblem(text));
  return Number(nanoseconds / 1_000_000_000n) + Number(nanoseconds % 1_000_000_000n) / 1e9;
};

/** LogQL's functions over numbers. */
export const NUMBERS: Functions = {
  int: fn([ANY], toInteger),
  float64: ofFloat((value) => value),
  add: variadic([ANY], (values: readonly Value[]) => int64(values.map(toInteger).reduce((a, b) => a + b, 0n))),
  sub: ofTwo((a, b) => a - b),
  mul: overIntegers((a, b) => a * b),
  div: ofTwo((a, b) => a / divisor(b)),
  mod: ofTwo((a, b) => a % divisor(b)),
  addf: overDecimals("add"),
  subf: overDecimals("sub"),
  mulf: overDecimals("mul"),
  divf: overDecimals("div"),
  max: overIntegers((a, b) => (a > b ? a : b)),
  min: overIntegers((a, b) => (a < b ? a : b)),
  maxf: overFloats(Math.max),
  minf: overFloats(Math.min),
  ceil: ofFloat(Math.ceil),
  floor: ofFloat(Math.floor),
  round: variadic([ANY, INT, FLOAT], round),
  bytes: fn([STRING], bytes),
  duration: fn([STRING], seconds),
  duration_seconds: fn([STRING], seconds),
};

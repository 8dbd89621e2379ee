import { goQuote } from "../parse/quote.ts";
import { bigOf, type Int, int64, type Method, type Type, type Value } from "../value.ts";
import { SECOND } from "./instant.ts";

const UNITS: Record<string, bigint> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3_600n * SECOND,
};
const PIECE = /^(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/;
const MAX = (1n << 63n) - 1n;
const MIN = -(1n << 63n);

/** Nanoseconds of a duration as Go's ParseDuration reads it; undefined where it refuses the text. */
export const parseDuration = (text: string): bigint | undefined => {
  const sign = text.startsWith("-") ? -1n : 1n;
  let rest = text.replace(/^[+-]/, "");
  if (rest === "0") return 0n;
  if (rest === "") return undefined;
  let total = 0n;
  while (rest !== "") {
    const found = PIECE.exec(rest);
    if (!found) return undefined;
    const [all, whole = "", fraction = "", unit = ""] = found;
    if (whole === "" && fraction === "") return undefined;
    const scale = UNITS[unit]!;
    total += BigInt(whole || 0) * scale + (fraction ? (BigInt(fraction) * scale) / 10n ** BigInt(fraction.length) : 0n);
    rest = rest.slice(all.length);
  }
  return total > MAX ? undefined : sign * total;
};

const decimals = (value: bigint, unit: bigint): string => {
  const fraction = (value % unit).toString().padStart(String(unit).length - 1, "0");
  const trimmed = fraction.replace(/0+$/, "");
  return `${value / unit}${trimmed ? `.${trimmed}` : ""}`;
};

const PIECES = new RegExp(`^(?:${PIECE.source.slice(1)})*`);
/** What Go's ParseDuration says of a text that it refuses. */
export const durationProblem = (text: string): string => {
  const rest = text.replace(/^[+-]/, "").replace(PIECES, "");
  const [, number = "", unit = ""] = /^(\d*\.?\d*)([^\d.]*)/.exec(rest)!;
  if (!/\d/.test(number)) return `time: invalid duration ${goQuote(text)}`;
  return unit === ""
    ? `time: missing unit in duration ${goQuote(text)}`
    : `time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}`;
};

/** A duration as Go writes it: 1h15m0.5s. */
const printDuration = (nanoseconds: bigint): string => {
  if (nanoseconds === 0n) return "0s";
  const sign = nanoseconds < 0n ? "-" : "";
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (size < 1_000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimals(size, 1_000n)}µs`;
  if (size < SECOND) return `${sign}${decimals(size, 1_000_000n)}ms`;
  const seconds = `${decimals(size % (60n * SECOND), SECOND)}s`;
  const minutes = size / (60n * SECOND);
  if (minutes === 0n) return sign + seconds;
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
};

const floating = (unit: bigint): Method => ({
  params: [],
  call: ({ int }: Int) => Number(int / unit) + Number(int % unit) / Number(unit),
});
const whole = (unit: bigint): Method => ({ params: [], call: ({ int }: Int) => int64(int / unit) });
export const truncated = (int: bigint, by: bigint): bigint => (by <= 0n ? int : int - (int % by));
export const rounded = (int: bigint, by: bigint): bigint => {
  if (by <= 0n) return int;
  const rest = int % by;
  if (rest < 0n) return -rest * 2n < by ? int - rest : int - rest - by;
  return rest * 2n < by ? int - rest : int - rest + by;
};

const METHODS: Record<string, Method> = {
  Hours: floating(3_600n * SECOND),
  Minutes: floating(60n * SECOND),
  Seconds: floating(SECOND),
  Milliseconds: whole(1_000_000n),
  Microseconds: whole(1_000n),
  Nanoseconds: whole(1n),
  Abs: { params: [], call: ({ int }: Int) => duration(saturated(int < 0n ? -int : int)) },
  String: { params: [], call: ({ int }: Int) => printDuration(int) },
};

/** The nearest number that a duration of Go's can be. */
export const saturated = (int: bigint): bigint => {
  if (int > MAX) return MAX;
  return int < MIN ? MIN : int;
};

/** Go's time.Duration. */
const text = ({ int }: Int) => printDuration(int);
export const DURATION: Type = { name: "time.Duration", kind: "int", methods: METHODS, text };
const stepped = (step: (int: bigint, by: bigint) => bigint): Method => ({
  params: [DURATION],
  call: ({ int }: Int, [by]: readonly Value[]) => duration(saturated(step(int, bigOf(by as Int)))),
});
METHODS.Truncate = stepped(truncated);
METHODS.Round = stepped(rounded);

export const duration = (nanoseconds: bigint): Int => ({ type: DURATION, int: BigInt.asIntN(64, nanoseconds) });

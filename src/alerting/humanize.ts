import { CallError } from "../logql/template/errors.ts";
import { sprintf } from "../logql/template/print/format.ts";
import { DURATION } from "../logql/template/time/duration.ts";
import { ZERO_TIME } from "../logql/template/time/instant.ts";
import { time } from "../logql/template/time/time.ts";
import { UTC } from "../logql/template/time/zone.ts";
import { bigOf, isInt, typeOf, type Value } from "../logql/template/value.ts";
import { parseFloat64 } from "../logql/units.ts";

/** A value as the float that Prometheus' functions take it for. */
const floatOf = (value: Value): number => {
  if (typeof value === "number") return value;
  if (isInt(value)) return Number(bigOf(value)) / (typeOf(value) === DURATION ? 1e9 : 1);
  const read = typeof value === "string" ? parseFloat64(value) : undefined;
  if (read !== undefined) return read;
  if (typeof value === "string")
    throw new CallError(sprintf("strconv.ParseFloat: parsing %q: invalid syntax", [value]));
  throw new CallError(sprintf("can't convert %T to float", [value]));
};

const four = (value: number, unit = ""): string => sprintf("%.4g%s", [value, unit]);

const LARGE = ["k", "M", "G", "T", "P", "E", "Z", "Y"];
const SMALL = ["m", "u", "n", "p", "f", "a", "z", "y"];
const BINARY = ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];

type Scale = { readonly prefixes: readonly string[]; readonly base: number };
const scaled = (value: number, { prefixes, base }: Scale): string => {
  let rest = value;
  let unit = "";
  for (const prefix of prefixes) {
    if (base > 1 ? Math.abs(rest) < base : Math.abs(rest) >= 1) break;
    unit = prefix;
    rest = base > 1 ? rest / base : rest * 1000;
  }
  return four(rest, unit);
};

/** 1234567 is 1.235M, 0.0139 is 13.9m. */
export const humanize = (given: Value): string => {
  const value = floatOf(given);
  if (value === 0 || !Number.isFinite(value)) return four(value);
  return scaled(value, Math.abs(value) >= 1 ? { prefixes: LARGE, base: 1000 } : { prefixes: SMALL, base: 1 });
};

/** 4500 is 4.395ki. */
export const humanize1024 = (given: Value): string => {
  const value = floatOf(given);
  const isShort = Math.abs(value) <= 1 || !Number.isFinite(value);
  return isShort ? four(value) : scaled(value, { prefixes: BINARY, base: 1024 });
};

export const humanizePercentage = (given: Value): string => `${four(floatOf(given) * 100)}%`;

const MIN_INT = -(1n << 63n);
/** A float cut to an int64 as the processor does it: what does not fit is the least one. */
const toInt64 = (value: number): bigint => {
  const whole = BigInt(Math.trunc(value));
  return whole >= -MIN_INT || whole < MIN_INT ? MIN_INT : whole;
};

const longDuration = (size: number, sign: string): string => {
  const whole = toInt64(size);
  const [seconds, minutes, hours, days] = [whole % 60n, (whole / 60n) % 60n, (whole / 3600n) % 24n, whole / 86400n];
  if (days !== 0n) return `${sign}${days}d ${hours}h ${minutes}m ${seconds}s`;
  if (hours !== 0n) return `${sign}${hours}h ${minutes}m ${seconds}s`;
  return minutes !== 0n ? `${sign}${minutes}m ${seconds}s` : `${sign}${four(size, "s")}`;
};

/** 4500 is 1h 15m 0s. */
export const humanizeDuration = (given: Value): string => {
  const value = floatOf(given);
  if (!Number.isFinite(value)) return four(value);
  if (value === 0) return four(value, "s");
  if (Math.abs(value) >= 1) return longDuration(Math.abs(value), value < 0 ? "-" : "");
  return `${scaled(value, { prefixes: SMALL, base: 1 })}s`;
};

/** The UTC time of seconds since 1970, cut to the millisecond. */
export const timeOf = (given: Value): Value => {
  const value = floatOf(given);
  const nanoseconds = value * 1e9;
  if (!Number.isFinite(value)) throw new CallError("value is NaN or Inf");
  const overflows = "%v cannot be represented as a nanoseconds timestamp since it overflows int64";
  if (Math.abs(nanoseconds) > 2 ** 63) throw new CallError(sprintf(overflows, [value]));
  return time({ ...ZERO_TIME, nanoseconds: (BigInt(Math.trunc(nanoseconds)) / 1_000_000n) * 1_000_000n, zone: UTC });
};
export const humanizeTimestamp = (given: Value): string => {
  const value = floatOf(given);
  return Number.isFinite(value) ? sprintf("%v", [timeOf(value)]) : four(value);
};

import { CallError } from "../errors.ts";
import { type Functions, fn } from "../run/run.ts";
import { civil, floorDivide, type Instant, SECOND, ZERO_TIME } from "../time/instant.ts";
import { formatDate } from "../time/layout.ts";
import { parseDate } from "../time/parse-date.ts";
import { instantIn, TIME, time } from "../time/time.ts";
import { UTC, zoneOf } from "../time/zone.ts";
import { ANY, bigOf, isInt, STRING, typeOf, type Value } from "../value.ts";

const now = (): Instant => ({ nanoseconds: BigInt(Date.now()) * 1_000_000n, zone: UTC });
const epoch = (unit: bigint) =>
  fn([TIME], (value: Value) => String(BigInt.asIntN(64, floorDivide(instantIn(value).nanoseconds, unit))));

/** The time a value stands for under `date`: a time, or seconds since 1970; anything else is now. */
const instantFor = (value: Value): Instant => {
  if (typeOf(value) === TIME) return instantIn(value);
  return isInt(value) ? { nanoseconds: bigOf(value) * SECOND, zone: UTC } : now();
};

/** How many nanoseconds one unit has, by the digits of an epoch in it. */
const UNITS: Record<number, bigint> = { 5: 86_400n * SECOND, 10: SECOND, 13: 1_000_000n, 16: 1_000n, 19: 1n };
const fromEpoch = (text: string): Value => {
  if (!/^[+-]?\d+$/.test(text))
    throw new CallError(`unable to parse time '${text}': strconv.ParseInt: parsing "${text}": invalid syntax`);
  const unit = UNITS[text.length];
  if (!unit) throw new CallError(`unable to parse time '${text}': invalid length`);
  return time({ nanoseconds: BigInt(text) * unit, zone: UTC });
};

/** LogQL's functions over times; the server's own zone is UTC. */
export const TIMES: Functions = {
  now: fn([], () => time(now())),
  date: fn([STRING, ANY], (layout: string, value: Value) => formatDate(layout, civil(instantFor(value)))),
  toDate: fn([STRING, STRING], (layout: string, text: string) => time(parseDate(layout, text, UTC) ?? ZERO_TIME)),
  toDateInZone: fn([STRING, STRING, STRING], (layout: string, zone: string, text: string) =>
    time(parseDate(layout, text, zoneOf(zone) ?? UTC) ?? ZERO_TIME),
  ),
  unixEpoch: epoch(SECOND),
  unixEpochMillis: epoch(1_000_000n),
  unixEpochNanos: epoch(1n),
  unixToTime: fn([STRING], fromEpoch),
};

import { bigOf, INT, type Int, int64, type Method, STRING, type Struct, type Type, type Value } from "../value.ts";
import { DURATION, duration, rounded, saturated, truncated } from "./duration.ts";
import { type Civil, civil, floorDivide, type Instant, instantOf, SECOND, ZERO_TIME } from "./instant.ts";
import { DAYS, formatDate, MONTHS } from "./layout.ts";
import { UTC } from "./zone.ts";

const named = (name: string, names: readonly string[], { first = 0 } = {}): Type => {
  const text = ({ int }: Int) => names[Number(int) - first] ?? String(int);
  return { name, kind: "int", text, methods: { String: { params: [], call: text } } };
};
const MONTH = named("time.Month", MONTHS, { first: 1 });
const WEEKDAY = named("time.Weekday", DAYS);

const of = (value: Value): Instant => (value as Struct).of as Instant;
const read = (take: (time: Civil) => Value): Method => ({
  params: [],
  call: (value: Struct) => take(civil(of(value))),
});
const epoch = (by: bigint): Method => ({
  params: [],
  call: (value: Struct) => int64(floorDivide(of(value).nanoseconds, by)),
});
const STANDARD = "2006-01-02 15:04:05.999999999 -0700 MST";

const COUNTS = ["year", "day", "hour", "minute", "second", "nanosecond", "yearDay"] as const;
const METHODS: Record<string, Method> = {
  ...Object.fromEntries(COUNTS.map((name) => [name[0]!.toUpperCase() + name.slice(1), read((at) => BigInt(at[name]))])),
  Month: read(({ month }) => ({ type: MONTH, int: BigInt(month) })),
  Weekday: read(({ weekday }) => ({ type: WEEKDAY, int: BigInt(weekday) })),
  Unix: epoch(SECOND),
  UnixMilli: epoch(1_000_000n),
  UnixMicro: epoch(1_000n),
  UnixNano: epoch(1n),
  IsZero: { params: [], call: (value: Struct) => of(value).nanoseconds === ZERO_TIME.nanoseconds },
  UTC: { params: [], call: (value: Struct) => time({ ...of(value), zone: UTC }) },
  Local: { params: [], call: (value: Struct) => time({ ...of(value), zone: UTC }) },
  Location: { params: [], call: (value: Struct) => of(value).zone.name },
  String: { params: [], call: (value: Struct) => printTime(of(value)) },
  Format: {
    params: [STRING],
    call: (value: Struct, [layout]: readonly Value[]) => formatDate(layout as string, civil(of(value))),
  },
  Add: {
    params: [DURATION],
    call: (value: Struct, [by]: readonly Value[]) =>
      time({ ...of(value), nanoseconds: of(value).nanoseconds + bigOf(by as Int) }),
  },
  AddDate: {
    params: [INT, INT, INT],
    call: (value: Struct, by: readonly Value[]) => time(shifted(of(value), by as readonly bigint[])),
  },
};

const shifted = (instant: Instant, [years = 0n, months = 0n, days = 0n]: readonly bigint[]): Instant => {
  const { year, month, day, ...clock } = civil(instant);
  return instantOf(
    { ...clock, year: year + Number(years), month: month + Number(months), day: day + Number(days) },
    instant.zone,
  );
};

/** A time as Go prints it: `2026-11-21 05:21:26.345 +0000 UTC`. */
export const printTime = (instant: Instant): string => formatDate(STANDARD, civil(instant));

/** Go's time.Time. */
export const TIME: Type = {
  name: "time.Time",
  kind: "struct",
  methods: METHODS,
  text: (value: Struct) => printTime(of(value)),
};
export const time = (instant: Instant): Struct => ({ type: TIME, of: instant });
export const instantIn = of;

const against = (take: (difference: bigint) => Value): Method => ({
  params: [TIME],
  call: (value: Struct, [other]: readonly Value[]) => take(of(value).nanoseconds - of(other!).nanoseconds),
});
const stepped = (step: (since: bigint, by: bigint) => bigint): Method => ({
  params: [DURATION],
  call: (value: Struct, [by]: readonly Value[]) => {
    const since = of(value).nanoseconds - ZERO_TIME.nanoseconds;
    return time({ ...of(value), nanoseconds: ZERO_TIME.nanoseconds + step(since, bigOf(by as Int)) });
  },
});
METHODS.Truncate = stepped(truncated);
METHODS.Round = stepped(rounded);
METHODS.Sub = against((difference) => duration(saturated(difference)));
METHODS.Before = against((difference) => difference < 0n);
METHODS.After = against((difference) => difference > 0n);
METHODS.Equal = against((difference) => difference === 0n);
METHODS.Compare = against((difference) => (difference < 0n ? -1n : BigInt(difference > 0n)));

import { UTC, type Zone } from "./zone.ts";

/** An instant of Go's: nanoseconds since 1970, and the zone it is read in. */
export type Instant = { readonly nanoseconds: bigint; readonly zone: Zone };
/** What a calendar and a clock show. */
export type Fields = Record<"year" | "month" | "day" | "hour" | "minute" | "second" | "nanosecond", number>;
export type Civil = Readonly<Fields & Record<"weekday" | "yearDay" | "offset", number> & { zone: string }>;

export const SECOND = 1_000_000_000n;
/** Go's zero time: the first of January of year 1. */
export const ZERO_TIME: Instant = { nanoseconds: -62_135_596_800n * SECOND, zone: UTC };

export const floorDivide = (value: bigint, by: bigint): bigint => (value < 0n ? (value - by + 1n) / by : value / by);
export const secondsOf = ({ nanoseconds }: Instant): number => Number(floorDivide(nanoseconds, SECOND));

/** The date and time that a clock of the instant's zone shows. */
export const civil = (instant: Instant): Civil => {
  const epoch = secondsOf(instant);
  const offset = instant.zone.at(epoch);
  const date = new Date((epoch + offset.seconds) * 1000);
  const year = date.getUTCFullYear();
  const newYear = new Date(0);
  newYear.setUTCFullYear(year, 0, 1);
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: Number(instant.nanoseconds - BigInt(epoch) * SECOND),
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - newYear.getTime()) / 86_400_000) + 1,
    offset: offset.seconds,
    zone: offset.name,
  };
};

/** The instant at which a clock of the zone shows a date; fields beyond their range roll over, as in Go. */
export const instantOf = (
  { year, month, day, hour, minute, second, nanosecond }: Readonly<Fields>,
  zone: Zone,
): Instant => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const local = date.getTime() / 1000;
  const guess = local - zone.at(local).seconds;
  const epoch = local - zone.at(guess).seconds;
  return { nanoseconds: BigInt(epoch) * SECOND + BigInt(nanosecond), zone };
};

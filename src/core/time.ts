import { Temporal } from "temporal-polyfill";
import { kept } from "./kept.ts";
import { HOUR_MS, MINUTE_MS } from "./spans.ts";

/** Turns `DD-MM-YYYY HH:mm:ss[.ffffff]` into `YYYY-MM-DDTHH:mm:ss.ffffffZ`; `undefined` if there is no such time. */
export type Clock = (text: string) => string | undefined;

const MINUTE = /^\d\d-\d\d-\d{4} \d\d:\d\d$/;
const SECOND = /^:[0-5]\d(?:\.\d{1,6})?$/;
const MINUTE_LENGTH = 16;
const MOST_KEPT = 50_000;

/** A clock for wall times of a known IANA zone; the earlier instant where a time exists twice. */
export function clock(zone: string): Clock {
  // Of a wall-clock hour: when it begins, or null where its minutes must be looked at.
  const startOf = kept(MOST_KEPT, (hour) => wholeHour(hour, zone));
  // Of a minute: its UTC prefix, null where every second must be looked at, or nothing where it is none.
  const prefixOf = kept(MOST_KEPT, (minute) => {
    if (!MINUTE.test(minute)) return "";
    const start = startOf(minute.slice(0, -3));
    const past = Number(minute.slice(-2));
    return start === null || past > 59
      ? wholeMinute(minute, zone)
      : new Date(start + past * MINUTE_MS).toISOString().slice(0, 17);
  });
  let [last, prefix]: [string, string | null] = ["", ""];
  return (text) => {
    const minute = text.slice(0, MINUTE_LENGTH);
    const rest = text.slice(MINUTE_LENGTH);
    if (!SECOND.test(rest)) return undefined;
    // The end of a run is mostly in the minute of its start.
    if (minute !== last) [last, prefix] = [minute, prefixOf(minute)];
    if (prefix === "") return undefined;
    const second = rest.slice(1, 3);
    const instant = prefix === null ? utcSecond(`${minute}:${second}`, zone) : prefix + second;
    return instant && `${instant}.${rest.slice(4).padEnd(6, "0")}Z`;
  };
}

/** When a wall-clock hour begins, if it is one hour long and begins with a UTC minute. */
function wholeHour(hour: string, zone: string): number | null {
  const [first, last] = [utcSecond(`${hour}:00:00`, zone), utcSecond(`${hour}:59:59`, zone)];
  if (first === undefined || last === undefined) return null;
  const start = Date.parse(`${first}Z`);
  return start % MINUTE_MS === 0 && Date.parse(`${last}Z`) - start === HOUR_MS - 1000 ? start : null;
}

/** The UTC text up to the minute when the whole wall-clock minute is one UTC minute. */
function wholeMinute(minute: string, zone: string): string | null {
  const [first, last] = [utcSecond(`${minute}:00`, zone), utcSecond(`${minute}:59`, zone)];
  const prefix = first?.slice(0, -2);
  return prefix !== undefined && first === `${prefix}00` && last === `${prefix}59` ? prefix : null;
}

type Numbers = [day: number, month: number, year: number, hour: number, minute: number, second: number];
function utcSecond(text: string, zone: string): string | undefined {
  const [day, month, year, hour, minute, second] = text.split(/[- :]/).map(Number) as Numbers;
  try {
    const wall = Temporal.PlainDateTime.from({ year, month, day, hour, minute, second }, { overflow: "reject" });
    const zoned = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
    if (!zoned.toPlainDateTime().equals(wall)) return undefined;
    const utc = new Date(zoned.epochMilliseconds).toISOString();
    return /^\d{4}-/.test(utc) ? utc.slice(0, 19) : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Milliseconds since 1970 of a normalised instant. */
export const milliseconds = (instant: string): number => Date.parse(instant);

/** Seconds from one normalised instant to another, exact to the microsecond. */
export function secondsBetween(from: string, to: string): number {
  const micros = (instant: string) => Number(instant.slice(23, 26));
  return ((milliseconds(to) - milliseconds(from)) * 1000 + micros(to) - micros(from)) / 1e6;
}

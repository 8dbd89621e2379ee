import { Temporal } from "temporal-polyfill";
import { UserError } from "./errors.ts";

const WALL = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since 1970 of a day or a time of a zone, or of an instant; throws a `UserError` that names the flag. */
export function momentIn(zone: string, { flag, text }: Readonly<{ flag: string; text: string }>): number {
  try {
    if (WALL.test(text)) return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
    if (INSTANT.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
  } catch (cause) {
    // The 31st of February has the form of a day.
    if (!(cause instanceof RangeError)) throw cause;
  }
  throw new UserError(
    `${flag} is "${text}"; write a day of the calendar such as 2026-10-01, or a time such as 2026-10-01T06:00 (in ${zone}) or 2026-10-01T06:00:00Z.`,
  );
}

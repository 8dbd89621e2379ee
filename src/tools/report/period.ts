import { Temporal } from "temporal-polyfill";
import { momentIn } from "../../core/calendar.ts";
import { UserError } from "../../core/errors.ts";
import { isZone, noZone } from "../../core/zones.ts";

/** What was asked, in milliseconds since 1970: `from` belongs to the period, `to` does not; `label` names its files. */
export type Period = Readonly<{ from: number; to: number; zone: string; label: string }>;
/** What can be seen of it: whole seconds, cut where Loki no longer keeps or does not yet have any line. */
export type Observed = Readonly<{ start: number; end: number; expired: boolean; unfinished: boolean }>;

/** Reads the command's dates: days or times of a time zone, or instants; throws a `UserError` that names the flag. */
export function periodOf({ from, to, zone }: Readonly<{ from: string; to: string; zone: string }>): Period {
  if (!isZone(zone)) throw new UserError(`--timezone ${noZone(zone)}`);
  const period = {
    from: momentIn(zone, { flag: "--from", text: from }),
    to: momentIn(zone, { flag: "--to", text: to }),
    zone,
    label: `${from}_${to}`.replaceAll(":", ""),
  };
  if (period.from % 1000 !== 0 || period.to % 1000 !== 0)
    throw new UserError(`--from ${from} and --to ${to} must be whole seconds; leave fractions out.`);
  if (period.from >= period.to)
    throw new UserError(`--from ${from} must be before --to ${to}, which is not part of the period itself.`);
  return period;
}

/** What Loki can still, and already, know of a period `now`; `end` is at least `start`. */
export function observe(
  { from, to }: Period,
  { now, retentionSeconds }: Readonly<{ now: number; retentionSeconds: number }>,
): Observed {
  const horizon = Math.ceil(now / 1000 - retentionSeconds) * 1000;
  const start = Math.min(Math.max(from, horizon), to);
  const end = Math.max(start, Math.min(to, Math.floor(now / 1000) * 1000));
  return { start, end, expired: from < horizon, unfinished: to > now };
}

export type Window = Readonly<{ start: number; end: number }>;

/** The bounds of the local days in a window, whose own are the outer ones; a clock change makes 23 or 25 hours. */
export function daysBetween({ start, end }: Window, zone: string): number[] {
  const bounds = [start];
  const first = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone).toPlainDate();
  for (let day = first.add({ days: 1 }); ; day = day.add({ days: 1 })) {
    const midnight = day.toZonedDateTime(zone).epochMilliseconds;
    if (midnight >= end) return end > start ? [...bounds, end] : bounds;
    if (midnight > start) bounds.push(midnight);
  }
}

/** Cuts a window into the fewest equal parts of whole seconds that are no longer than the limit (seconds). */
export function parts({ start, end }: Window, limitSeconds: number): Window[] {
  const length = (end - start) / 1000;
  const count = length > 0 ? Math.max(1, Math.ceil(length / limitSeconds)) : 0;
  const bounds = Array.from({ length: count + 1 }, (_, index) =>
    index === count ? end : start + Math.floor((length * index) / count) * 1000,
  );
  return windowsBetween(bounds);
}

/** The windows from each bound to the next. */
export const windowsBetween = (bounds: readonly number[]): Window[] =>
  bounds.slice(1).map((bound, index) => ({ start: bounds[index]!, end: bound }));

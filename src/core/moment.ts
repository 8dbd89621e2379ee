import { durationSeconds } from "./durations.ts";
import { UserError } from "./errors.ts";

const nanoseconds = (seconds: number) => BigInt(Math.round(seconds * 1e9));

/** Nanoseconds since 1970 of a moment: RFC 3339, seconds since 1970, `now`, `now-1h`. */
export function moment(text: string, { flag, now }: Readonly<{ flag: string; now: bigint }>): bigint {
  const relative = /^now(?:-(.+))?$/.exec(text);
  if (relative) {
    const back = relative[1] === undefined ? 0 : durationSeconds(relative[1]);
    if (back !== undefined) return now - nanoseconds(back);
  }
  if (/^\d+(?:\.\d+)?$/.test(text)) return BigInt(Math.round(Number(text) * 1e6)) * 1000n;
  const instant = instantOf(text);
  if (instant === undefined)
    throw new UserError(`${flag} is "${text}"; write 2026-11-27T06:00:00Z, seconds since 1970, or now-1h.`);
  return instant;
}

/** Nanoseconds since 1970 of a time in RFC 3339; undefined for any other text. */
export function instantOf(text: string): bigint | undefined {
  const [, date, fraction = "", zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const milliseconds = Date.parse(`${date}${zone}`);
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * 1_000_000n + billionths(fraction);
}

/** The digits behind a second's point as nanoseconds. */
export const billionths = (digits: string): bigint => BigInt(digits.padEnd(9, "0").slice(0, 9));

/** Nanoseconds of a step such as `1m`; one that Loki takes: whole seconds, or whole milliseconds below one. */
export function stepOf(text: string): number {
  const step = durationSeconds(text);
  if (!step) throw new UserError(`--step is "${text}"; write a duration such as 30s or 1m.`);
  return Number(nanoseconds(step));
}

/** A step that gives about 250 points. */
export const usualStep = (range: number): number => Math.max(1, Math.ceil(range / 250 / 1e9)) * 1e9;

/** `2026-11-27 11:19` in UTC, of seconds since 1970. */
export const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");

/** A moment as text, in UTC, without the zeros that say nothing. */
export function when(time: bigint): string {
  const date = new Date(Number(time / 1_000_000n)).toISOString().slice(0, 19);
  const fraction = String(time % 1_000_000_000n)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return `${date}${fraction === "" ? "" : `.${fraction}`}Z`;
}

import { momentIn } from "../../core/calendar.ts";
import { durationSeconds } from "../../core/durations.ts";
import { UserError } from "../../core/errors.ts";
import { MINUTE_MS } from "../../core/spans.ts";

/** Moments in milliseconds since 1970: from `from`, up to and without `to`. */
export type Range = Readonly<{ from: number; to: number }>;
export type RangeFlags = Readonly<{ from?: string; to?: string; last?: string }>;

function span(text: string): number {
  const milliseconds = (durationSeconds(text) ?? 0) * 1000;
  if (milliseconds < MINUTE_MS)
    throw new UserError(`--last is "${text}"; write a number of minutes, hours or days, such as 90m, 24h or 7d.`);
  return milliseconds;
}

/**
 * The whole minutes to judge: at most up to `settled` (a younger message may still be on its way),
 * at least from `kept` (Loki deletes what is older).
 */
export function rangeOf(
  { from, to, last }: RangeFlags,
  { settled, kept }: Readonly<{ settled: number; kept: number }>,
): Range {
  if (last !== undefined && (from !== undefined || to !== undefined))
    throw new UserError("--last and --from or --to were both given; choose the last hours, or a range of times.");
  const end = Math.min(to === undefined ? settled : momentIn("UTC", { flag: "--to", text: to }), settled);
  const start = from === undefined ? end - span(last ?? "24h") : momentIn("UTC", { flag: "--from", text: from });
  const range = {
    from: Math.ceil(Math.max(start, kept) / MINUTE_MS) * MINUTE_MS,
    to: Math.floor(end / MINUTE_MS) * MINUTE_MS,
  };
  if (range.from < range.to) return range;
  throw new UserError(
    `There is no whole minute to judge from ${iso(start)} to ${iso(end)}: --from must come before --to, after ${iso(kept)} (Loki deletes what is older) and before ${iso(settled)} (what is younger may be on its way).`,
  );
}

/** A moment as it is printed: UTC, without the zeros that say nothing. */
export const iso = (time: number): string =>
  new Date(time)
    .toISOString()
    .replace(/\.000Z$/, "Z")
    .replace(/:00Z$/, "Z");

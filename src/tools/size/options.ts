import { durationSeconds } from "../../core/durations.ts";
import { UserError } from "../../core/errors.ts";
import { days, hours, seconds } from "../../core/units.ts";
import { assumptions } from "./costs.ts";
import type { Load } from "./load.ts";

/** The flags as they were typed. */
export type Flags = Readonly<{ recordsPerDay?: string; sources?: string; retention?: string; peak?: string }>;

const NUMBER = /^\d+(\.\d+)?(e\d+)?$/i;

type Flag = Readonly<{ flag: string; example: string; isWhole?: boolean }>;

function numberOf(text: string | undefined, { flag, example, isWhole = false }: Flag): number {
  if (text === undefined) throw new UserError(`${flag} is missing: write a number, such as ${flag} ${example}.`);
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value) || value <= 0)
    throw new UserError(`${flag} is ${JSON.stringify(text)}: write a number above 0, such as ${example}.`);
  if (isWhole && !Number.isInteger(value))
    throw new UserError(`${flag} is ${JSON.stringify(text)}: write a whole number, such as ${example}.`);
  return value;
}

const SHORTEST = hours(1).value;
const LONGEST = days(36_500).value;

function retentionOf(text: string) {
  const value = (/^\d{1,6}[hdw]$/.test(text) && durationSeconds(text)) || 0;
  if (value < SHORTEST || value > LONGEST)
    throw new UserError(`--retention is ${JSON.stringify(text)}: write hours, days or weeks, such as 92d.`);
  return seconds(value);
}

const MOST_RECORDS = 1e12;

/** What the flags ask for; throws a `UserError` for the first that cannot be used. */
export function loadOf({ recordsPerDay, sources, retention, peak }: Flags, kept: Load["retention"]): Load {
  const { peak: usual } = assumptions;
  const load = {
    recordsPerDay: numberOf(recordsPerDay, { flag: "--records-per-day", example: "1e8" }),
    sources: numberOf(sources, { flag: "--sources", example: "300", isWhole: true }),
    retention: retention === undefined ? kept : retentionOf(retention),
    peak: peak === undefined ? usual : numberOf(peak, { flag: "--peak", example: String(usual) }),
  };
  if (load.recordsPerDay > MOST_RECORDS)
    throw new UserError(
      `--records-per-day is ${JSON.stringify(recordsPerDay)}: nothing here was measured for more than ${MOST_RECORDS.toExponential().replace("+", "")}.`,
    );
  if (load.sources > load.recordsPerDay)
    throw new UserError(
      `--sources is ${load.sources}, but only ${load.recordsPerDay} records come a day: count the sources that run at least daily.`,
    );
  if (load.peak < 1)
    throw new UserError(`--peak is ${JSON.stringify(peak)}: the busiest moment cannot be below the mean, 1.`);
  return load;
}

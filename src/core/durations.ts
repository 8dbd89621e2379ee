import { UserError } from "./errors.ts";

const SECONDS = { y: 31_536_000, M: 2_592_000, w: 604_800, d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 } as const;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|[yMwdhms]))+$/;

/** Seconds of `90s`, `1h30m`, `2d` or `500ms`, as Grafana, Loki and Prometheus write them; else undefined. */
export function durationSeconds(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)(ms|[yMwdhms])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit as keyof typeof SECONDS], 0);
}

/** The same, also of `0`, and of what is before a start (`-15m`); throws a `UserError` for any other text. */
export function parseDuration(text: string): number {
  const before = text.startsWith("-");
  const seconds = text === "0" ? 0 : durationSeconds(text.replace(/^-/, ""));
  if (seconds === undefined) throw new UserError(`"${text}" is no duration; write one such as 90s, 15m or 1h30m.`);
  return before && seconds > 0 ? -seconds : seconds;
}

const STEPS = Object.entries({ h: 3600e9, m: 60e9, s: 1e9, ms: 1e6, us: 1e3, ns: 1 });

/** Nanoseconds in the largest unit of which they are a whole number: `75m`, `90s`, `24h`, `1500ms`. */
export function printNanoseconds(value: number): string {
  if (value === 0) return "0s";
  const [unit, size] = STEPS.find(([, step]) => value % step === 0) ?? ["ns", 1];
  return `${value / size}${unit}`;
}

/** Milliseconds in their largest unit, rounded down (`1m` for 90 s), as Grafana writes an interval into a query. */
export function formatInterval(milliseconds: number): string {
  const unit = (["y", "d", "h", "m", "s"] as const).find((one) => milliseconds >= SECONDS[one] * 1000);
  return unit ? `${Math.floor(milliseconds / (SECONDS[unit] * 1000))}${unit}` : `${Math.floor(milliseconds)}ms`;
}

/** A number without the digits that only arithmetic gave it. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(12)));

/** Says seconds in the largest unit that divides them (`15 min`, `24 h`, `92 days`). */
export function inTime(seconds: number): string {
  const isWhole = (size: number, least = size) => Math.abs(seconds) >= least && seconds % size === 0;
  if (isWhole(86_400, 172_800)) return `${shortNumber(seconds / 86_400)} days`;
  if (isWhole(3600)) return `${shortNumber(seconds / 3600)} h`;
  if (isWhole(60)) return `${shortNumber(seconds / 60)} min`;
  return seconds !== 0 && Math.abs(seconds) < 1 ? `${shortNumber(seconds * 1000)} ms` : `${shortNumber(seconds)} s`;
}

const SPOKEN = Object.entries({ d: 86_400, h: 3600, min: 60, s: 1 });

/** Says measured seconds by their two largest units, rounded: `3 d 4 h`, `12 min`. */
export function spoken(seconds: number): string {
  const first = SPOKEN.findIndex(([, size]) => seconds >= size);
  if (first < 0) return "0 s";
  let rest = Math.round(seconds);
  const parts = SPOKEN.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? `${count} ${unit}` : "";
  });
  return parts.filter(Boolean).join(" ");
}

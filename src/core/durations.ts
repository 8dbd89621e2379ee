import { UserError } from "./errors.ts";

const SECONDS = { y: 31_536_000, w: 604_800, d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 } as const;

/** Seconds of `90s`, `1h30m`, `2d` or `0`; a leading `-` is before the start. */
export function parseDuration(text: string): number {
  const parts = /^(-?)((?:\d+(?:ms|[ywdhms]))+|0)$/.exec(text);
  if (!parts) throw new UserError(`"${text}" is no duration (such as 90s, 15m or 1h30m)`);
  const total = [...parts[2]!.matchAll(/(\d+)(ms|[ywdhms])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit as keyof typeof SECONDS], 0);
  return parts[1] && total ? -total : total;
}

const UNITS = [
  ["y", 31_536_000_000],
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const;

/** Milliseconds in their largest unit, rounded down (`1m` for 90 s). Source: Grafana plugin SDK, `backend/gtime/gtime.go`, `FormatInterval`. */
export function formatInterval(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, least]) => milliseconds >= least) ?? ["ms", 1];
  return `${Math.floor(milliseconds / size)}${unit}`;
}

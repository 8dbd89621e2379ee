import { durationSeconds } from "../core/durations.ts";

/** A range of time, in milliseconds since 1970. */
export type TimeRange = Readonly<{ from: number; to: number }>;

/** The moment that `now-6h`, `now`, milliseconds since 1970 or a date mean; undefined for anything else. */
export function momentOf(text: string, now: number): number | undefined {
  if (/^\d{6,}$/.test(text)) return Number(text);
  const relative = /^now(?:([-+])(\w+))?$/.exec(text);
  if (relative) {
    const seconds = relative[2] === undefined ? 0 : durationSeconds(relative[2]);
    if (seconds === undefined) return undefined;
    const by = seconds * 1000;
    return relative[1] === "+" ? now + by : now - by;
  }
  const date = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}

/** The steps between which Grafana chooses, and the largest wish for which it takes each (ms). */
const STEPS: readonly (readonly [wish: number, step: number])[] = [
  [10, 1],
  [15, 10],
  [35, 20],
  [75, 50],
  [150, 100],
  [350, 200],
  [750, 500],
  [1500, 1000],
  [3500, 2000],
  [7500, 5000],
  [12_500, 10_000],
  [17_500, 15_000],
  [25_000, 20_000],
  [45_000, 30_000],
  [90_000, 60_000],
  [210_000, 120_000],
  [450_000, 300_000],
  [750_000, 600_000],
  [1_050_000, 900_000],
  [1_500_000, 1_200_000],
  [2_700_000, 1_800_000],
  [5_400_000, 3_600_000],
  [9_000_000, 7_200_000],
  [16_200_000, 10_800_000],
  [32_400_000, 21_600_000],
  [86_400_000, 43_200_000],
  [604_800_000, 86_400_000],
  [1_814_400_000, 604_800_000],
];
const MONTH = 2_592_000_000;

/** The step (ms) of a panel over a range that shows at most so many points, never below its own minimum. */
export function stepOf(
  { from, to }: TimeRange,
  { points, least = 0 }: Readonly<{ points: number; least?: number }>,
): number {
  const wish = (to - from) / Math.max(1, points);
  const [, step = MONTH] = STEPS.find(([most]) => wish < most) ?? [];
  return Math.max(step, least, 1);
}

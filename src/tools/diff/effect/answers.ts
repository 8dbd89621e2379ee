import type { Store } from "../../../alerting/store.ts";
import type { Series } from "../../../alerting/values.ts";
import type { Asked } from "./queries.ts";
import { substituted } from "./substitute.ts";

/** What a query says of the sample: lines, or series, each with all its points. */
export type Answer =
  | Readonly<{ kind: "lines"; lines: readonly string[] }>
  | Readonly<{ kind: "instant" | "range"; series: readonly Series[] }>;

/** Steps that divide a day, so that a curve has its points at the same places of the sample whenever it is asked. */
const STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
const POINTS = 72;

const stepOf = ({ range, minimumStep }: Asked): number =>
  STEPS.find((step) => step >= Math.max(range / POINTS, minimumStep)) ?? STEPS.at(-1)!;

/** Asks a query as its dashboard does when it is opened at a moment (seconds, a multiple of a day). */
export async function answerTo(asked: Asked, store: Store, at: number): Promise<Answer> {
  const step = stepOf(asked);
  const expr = substituted(asked.expr, asked.variables, { at, range: asked.range, step });
  const range = { start: at - asked.range, end: at };
  // The newest record stands at the very end, which Loki leaves out of a range of lines.
  if (/^\s*\{/.test(expr)) return { kind: "lines", lines: await store.queryLines(expr, { ...range, end: at + 1 }) };
  if (asked.instant) return { kind: "instant", series: await store.queryAt(expr, at) };
  return { kind: "range", series: await store.queryRange(expr, { ...range, step }) };
}

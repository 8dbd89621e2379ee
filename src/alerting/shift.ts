import { commonDivisor } from "../core/numbers.ts";
import type { Case } from "./case.ts";
import type { LokiQuery } from "./loki-query.ts";

const commonMultiple = (a: number, b: number) => (a / commonDivisor(a, b)) * b;

/**
 * By how many seconds a case moves to end now: Loki does not query old lines before a flush, and refuses future ones.
 * Range queries keep their place between steps (counted from 1970); without one, evaluations may stand on steps.
 */
export function shiftOf(
  { t0, from, to, interval, streams }: Case,
  { queries, now }: Readonly<{ queries: readonly LokiQuery[]; now: number }>,
): number {
  const start = Date.parse(t0) / 1000;
  const last = streams.flatMap(({ entries }) => entries).reduce((latest, [time]) => Math.max(latest, time), to);
  const room = now - (start + last);
  const steps = queries.filter(({ instant }) => !instant).map(({ step }) => step);
  if (steps.length === 0) return Math.floor((start + from + room) / interval) * interval - (start + from);
  const unit = steps.reduce(commonMultiple, 1000) / 1000;
  return Math.floor(room / unit) * unit;
}

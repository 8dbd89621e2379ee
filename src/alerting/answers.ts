import pMap from "p-map";
import { collected } from "../core/kept.ts";
import type { LokiQuery } from "./loki-query.ts";
import type { Store } from "./store.ts";
import { type Series, series } from "./values.ts";

/** Evaluation moments: from, every, and how many; in seconds. */
export type Moments = Readonly<{ from: number; interval: number; count: number }>;
/** The series of a query at the moment of that index. */
type Answer = (index: number) => readonly Series[];

const AT_ONCE = 8;
/** Loki answers at most 11 000 points a series, and a gRPC message of 4 MB. */
const CHUNK = 2000;

const forEach = <T>(count: number, each: (index: number) => Promise<T>): Promise<T[]> =>
  pMap(Array(count).keys(), each, { concurrency: AT_ONCE });

/**
 * Every moment of an instant query in one range query, whose step is the evaluation interval.
 * Loki evaluates each step as it evaluates an instant.
 */
async function together(store: Store, { expr, to }: LokiQuery, { from, interval, count }: Moments): Promise<Answer> {
  const start = from - to;
  const chunks = await forEach(Math.ceil(count / CHUNK), (chunk) => {
    const first = start + chunk * CHUNK * interval;
    const last = start + (Math.min(count, (chunk + 1) * CHUNK) - 1) * interval;
    return store.queryRange(expr, { start: first, end: last, step: interval });
  });
  const byTime = collected<number, Series[]>();
  for (const { labels, points } of chunks.flat())
    for (const point of points) byTime.of(point[0], () => []).push(series(labels, [point]));
  return (index) => byTime.all.get(Math.round((start + index * interval) * 1000)) ?? [];
}

/** Whether Loki's alignment to the step leaves these moments where they are. */
export const isAligned = (start: number, step: number): boolean =>
  Math.round(start * 1000) % Math.round(step * 1000) === 0;

/** The answers to a query at every moment: one request where that is exact, else one a moment, as Grafana asks. */
export async function answersOf(store: Store, query: LokiQuery, moments: Moments): Promise<Answer> {
  const { from, interval, count } = moments;
  if (query.instant && isAligned(from - query.to, interval)) return together(store, query, moments);
  const found = await forEach(count, (index) => {
    const now = from + index * interval;
    return query.instant
      ? store.queryAt(query.expr, now - query.to)
      : store.queryRange(query.expr, { start: now - query.from, end: now - query.to, step: query.step / 1000 });
  });
  return (index) => found[index]!;
}

import { largest, smallest } from "../../core/numbers.ts";
import { newestTime, type Streams, sinceEpoch } from "../../logql/streams.ts";
import { absences } from "../absences.ts";
import { storeOver } from "../in-process.ts";
import type { Store } from "../store.ts";
import { BEFORE, type Judgeable } from "../timeline.ts";

/** Records that answer, and the times of the oldest and the newest of them (seconds since 1970). */
export type Records = Readonly<{ store: Store; oldest: number; newest: number }>;
/** Seconds since 1970. */
export type Period = Readonly<{ from: number; to: number }>;
/** Of a rule: when its evaluations start, and the period of which something is told. */
export type RulePeriod = Period & Readonly<{ start: number }>;

const MINUTE = 60;

/** Streams as records; undefined without any. */
export function recordsOf(streams: Streams): Records | undefined {
  const seconds = (time: number) => sinceEpoch(streams)(time) / 1000;
  const newest = newestTime(streams);
  if (newest === undefined) return undefined;
  const oldest = smallest(streams.streams.map(({ times }) => times[0] ?? newest));
  return { store: storeOver(streams), oldest: seconds(oldest), newest: seconds(newest) };
}

/** The last seconds of records, as many as `range` or as there are, up to the evaluation that sees the newest one. */
export function lastOf({ oldest, newest }: Records, range: number): Period {
  const to = Math.ceil(newest / MINUTE) * MINUTE;
  return { from: Math.max(to - range, oldest), to };
}

/**
 * What can be told of a rule: from the start of the period, or once records cover the longest silence it asks for.
 * Evaluations start a day earlier where there are records. Undefined where nothing is left.
 */
export function periodOf(rule: Judgeable, { oldest }: Records, { from, to }: Period): RulePeriod | undefined {
  const firstJudged = oldest + largest(absences(rule.judged), 0);
  if (firstJudged > to) return undefined;
  return { start: Math.max(from - BEFORE, firstJudged), from: Math.max(from, firstJudged), to };
}

import { largest } from "../../core/numbers.ts";
import type { Streams } from "../../logql/streams.ts";
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

const NANOSECONDS = 1_000_000_000;
const MINUTE = 60;

/** Streams as records; undefined without any. */
export function recordsOf(streams: Streams): Records | undefined {
  const origin = Number(streams.origin / 1000n) / 1e6;
  const filled = streams.streams.filter(({ times }) => times.length > 0);
  if (filled.length === 0) return undefined;
  const oldest = filled.reduce((least, { times }) => Math.min(least, times[0]!), Number.POSITIVE_INFINITY);
  const newest = filled.reduce((most, { times }) => Math.max(most, times.at(-1)!), Number.NEGATIVE_INFINITY);
  return { store: storeOver(streams), oldest: origin + oldest / NANOSECONDS, newest: origin + newest / NANOSECONDS };
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

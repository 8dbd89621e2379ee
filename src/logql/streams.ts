import { collected } from "../core/kept.ts";
import type { Matcher } from "./ast.ts";
import { matcherTest } from "./evaluate/filters.ts";
import { keyOf, type Labels } from "./evaluate/labels.ts";
import type { Samples } from "./evaluate/series.ts";

/** One stream: its labels, and its lines in order of time; times are nanoseconds after the origin. */
export type Stream = Readonly<{ labels: Labels; times: readonly number[]; lines: readonly string[] }>;
/**
 * Streams in memory; `origin` is nanoseconds since 1970. Times within 104 days of it are exact to the nanosecond.
 * `read` remembers what range aggregations read of them: for a caller whose streams stay as they are while it asks.
 */
export type Streams = Readonly<{ origin: bigint; streams: readonly Stream[]; read?: Map<string, readonly Samples[]> }>;

export type Entry = readonly [time: number, line: string];

/** Streams from entries in any order; equal labels are joined, and exact doubles are one line, as Loki stores them. */
export function streamsOf(
  origin: bigint,
  parts: readonly Readonly<{ labels: Labels; entries: readonly Entry[] }>[],
): Streams {
  const joined = collected<string, { labels: Labels; entries: Entry[] }>();
  for (const { labels, entries } of parts) {
    const stream = joined.of(keyOf(labels), () => ({ labels, entries: [] }));
    for (const entry of entries) stream.entries.push(entry);
  }
  return { origin, streams: [...joined.all.values()].map(({ labels, entries }) => streamOf(labels, entries)) };
}

/** The same of entries whose times are milliseconds since 1970. */
export function streamsSince1970(parts: readonly Readonly<{ labels: Labels; entries: readonly Entry[] }>[]): Streams {
  const newest = parts.reduce(
    (most, { entries }) => entries.reduce((later, [time]) => Math.max(later, time), most),
    Number.NEGATIVE_INFINITY,
  );
  const origin = Number.isFinite(newest) ? Math.floor(newest) : Date.now();
  const moved = ([time, line]: Entry): Entry => [Math.round((time - origin) * 1000) * 1000, line];
  const shifted = parts.map(({ labels, entries }) => ({ labels, entries: entries.map(moved) }));
  return streamsOf(BigInt(origin) * 1_000_000n, shifted);
}

/** What makes milliseconds since 1970 of the times of streams. */
export const sinceEpoch = ({ origin }: Pick<Streams, "origin">): ((time: number) => number) => {
  const whole = Number(origin / 1_000_000n);
  return (time) => whole + time / 1e6;
};

function streamOf(labels: Labels, entries: Entry[]): Stream {
  entries.sort(([a], [b]) => a - b);
  const times: number[] = [];
  const lines: string[] = [];
  for (const [time, line] of entries) {
    let twin = times.length - 1;
    while (twin >= 0 && times[twin] === time && lines[twin] !== line) twin -= 1;
    if (twin >= 0 && times[twin] === time) continue;
    times.push(time);
    lines.push(line);
  }
  return { labels, times, lines };
}

/** The streams that fit a selector; an absent label is an empty one. */
export function select({ streams }: Streams, matchers: readonly Matcher[]): readonly Stream[] {
  const tests = matchers.map((matcher) => ({ label: matcher.label, test: matcherTest(matcher) }));
  return streams.filter(({ labels }) => tests.every(({ label, test }) => test(labels[label] ?? "")));
}

/** The first of so many places in order from which on something holds. */
export function firstWhere(length: number, holds: (place: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first place in sorted times whose time is a given one or larger. */
export const firstFrom = (times: readonly number[], time: number): number =>
  firstWhere(times.length, (place) => times[place]! >= time);
/** The first place in sorted times whose time is larger than a given one. */
export const firstAfter = (times: readonly number[], time: number): number =>
  firstWhere(times.length, (place) => times[place]! > time);

/** The newest time of all streams; undefined without a line. */
export function newestTime({ streams }: Pick<Streams, "streams">): number | undefined {
  const newest = streams.reduce((most, { times }) => Math.max(most, times.at(-1) ?? most), Number.NEGATIVE_INFINITY);
  return Number.isFinite(newest) ? newest : undefined;
}

import { firstAfter } from "../streams.ts";
import { dropFirst, type Lines } from "./lines.ts";

/** Takes away every line up to a time, this one included, and tells how many there were. */
export function dropUpTo(streams: readonly Lines[], time: number): number {
  let dropped = 0;
  for (const stream of streams) {
    const count = firstAfter(stream.times, time);
    dropFirst(stream, count);
    dropped += count;
  }
  return dropped;
}

/** More than what lies between two neighbouring doubles of a time in nanoseconds. */
const beyondPrecision = 4096;

/** Takes away the oldest `excess` lines of all streams together. */
export function dropOldest(streams: readonly Lines[], excess: number): void {
  const held = streams.filter(({ times }) => times.length > 0);
  const countUpTo = (time: number) => held.reduce((sum, { times }) => sum + firstAfter(times, time), 0);
  // The latest time up to which there are no more than `excess` lines, and the one behind it, of which only some go.
  let low = held.reduce((least, { times }) => Math.min(least, times[0]!), Number.POSITIVE_INFINITY) - beyondPrecision;
  let high = held.reduce((most, { times }) => Math.max(most, times[times.length - 1]!), Number.NEGATIVE_INFINITY);
  for (;;) {
    const middle = Math.floor(low + (high - low) / 2);
    if (middle <= low || middle >= high) break;
    if (countUpTo(middle) > excess) high = middle;
    else low = middle;
  }
  let rest = excess - dropUpTo(held, low);
  for (const stream of held) {
    const count = Math.min(rest, firstAfter(stream.times, high));
    dropFirst(stream, count);
    rest -= count;
  }
}

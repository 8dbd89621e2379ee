import { grouped } from "../core/grouped.ts";
import type { Labels } from "../core/record/labels.ts";
import { LABEL_BYTES, MAX_RECORD_BYTES } from "../schema.ts";
import { packed } from "./packed.ts";
import type { Entry } from "./push.ts";

/** What Loki's gRPC takes is 4 MB. */
const PART_BYTES = 3_000_000;
const ENTRY_BYTES = 32;
/** Loki takes what is at most 10 minutes ahead of its own clock. */
const AHEAD_MS = 5 * 60_000;

/** Entries of one stream, in parts that go to Loki one after the other. */
export type Stream<E extends Entry> = Readonly<{ labels: Labels; parts: readonly (readonly E[])[] }>;

/**
 * The entries by stream, each stream's oldest first, in parts that Loki's gRPC takes.
 * An entry that Loki is likely to refuse (too long, ahead of time, a long label) is a part of its own,
 * so that Loki's answer is about it alone.
 */
export function streamsOf<E extends Entry>(
  entries: readonly E[],
  { labelsOf, now }: Readonly<{ labelsOf: (entry: E) => Labels; now: number }>,
): Stream<E>[] {
  const streams = grouped(entries, (entry) => JSON.stringify(labelsOf(entry)));
  return [...streams.values()].map((entries) => {
    const labels = labelsOf(entries[0]!);
    return { labels, parts: partsOf({ labels, entries }, now) };
  });
}

function partsOf<E extends Entry>({ labels, entries }: Readonly<{ labels: Labels; entries: E[] }>, now: number): E[][] {
  const isLong = Object.values(labels).some((value) => Buffer.byteLength(value) > LABEL_BYTES);
  const isOdd = ({ time, line }: E) => isLong || line.length > MAX_RECORD_BYTES || time > now + AHEAD_MS;
  const sorted = entries.sort((a, b) => a.time - b.time);
  const sizeOf = ({ line }: E) => line.length + ENTRY_BYTES;
  const parts = packed(
    sorted.filter((entry) => !isOdd(entry)),
    { most: PART_BYTES, sizeOf },
  );
  return [...parts, ...sorted.filter(isOdd).map((entry) => [entry])];
}

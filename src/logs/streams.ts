import { type Entry, newestTime, type Streams, sinceEpoch, streamsOf } from "../logql/streams.ts";

/** The newest entry's time, in milliseconds since 1970; undefined without one. */
export function newest(streams: Streams): number | undefined {
  const last = newestTime(streams);
  return last === undefined ? undefined : sinceEpoch(streams)(last);
}

/** Streams whose every entry stands that many milliseconds later; the lines stay as they are. */
export const moved = ({ origin, streams }: Streams, by: number): Streams => ({
  origin: origin + BigInt(Math.round(by)) * 1_000_000n,
  streams,
});

/** The entries of several sets of streams as one set, at the origin of the first. */
export function together(all: readonly [Streams, ...Streams[]]): Streams {
  const { origin } = all[0];
  const parts = all.flatMap((one) =>
    one.streams.map(({ labels, times, lines }) => {
      const shift = Number(one.origin - origin);
      return { labels, entries: times.map((time, index): Entry => [time + shift, lines[index]!]) };
    }),
  );
  return streamsOf(origin, parts);
}

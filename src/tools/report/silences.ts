import type { Config } from "../../core/config/schema.ts";

/** A time without any run, in milliseconds since 1970. */
export type Silence = Readonly<{ start: number; end: number }>;
/**
 * A source's longest silence (`undefined` where it was never expected nor seen), its objective in seconds,
 * and the silences beyond it.
 */
export type Freshness = Readonly<{
  limit: number | undefined;
  longest: Silence | undefined;
  breaches: readonly Silence[];
}>;
type Following = {
  readonly limit: number | undefined;
  last: number | undefined;
  longest: Silence | undefined;
  breaches: Silence[];
};

/** The key of every source taken as one. */
export const EVERYTHING = "";

const length = ({ start, end }: Silence) => end - start;

/** Seconds during which a source was silent for longer than its objective. */
export const beyond = ({ limit, breaches }: Freshness): number =>
  breaches.reduce((sum, silence) => sum + length(silence), 0) / 1000 - breaches.length * (limit ?? 0);

/**
 * Follows the runs of a window in order of time. Silences are cut at its ends.
 * As in rule 3, an expected source must run from the start on, another one from its first run on, a retired one never.
 */
export function followSilences({ expected, retired, maxSilence }: Config["sources"], start: number) {
  const following = (limit: number | undefined, last: number | undefined): Following => ({
    limit,
    last,
    longest: undefined,
    breaches: [],
  });
  const sources = new Map([
    [EVERYTHING, following(maxSilence.value, start)],
    ...expected.map(({ source, maxSilence: own = maxSilence }): [string, Following] => [
      source,
      following(own.value, start),
    ]),
  ]);
  const heard = (name: string, at: number) => {
    const source = sources.get(name) ?? following(retired.includes(name) ? undefined : maxSilence.value, undefined);
    sources.set(name, source);
    if (source.last !== undefined) {
      const silence = { start: source.last, end: at };
      if (!source.longest || length(silence) > length(source.longest)) source.longest = silence;
      if (source.limit !== undefined && length(silence) > source.limit * 1000) source.breaches.push(silence);
    }
    source.last = at;
  };
  return {
    run(source: string, at: number): void {
      heard(source, at);
      heard(EVERYTHING, at);
    },
    /** Ends the last silences. */
    finish(end: number): ReadonlyMap<string, Freshness> {
      for (const name of sources.keys()) heard(name, end);
      return sources;
    },
  };
}

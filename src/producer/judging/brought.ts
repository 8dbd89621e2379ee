import type { Config } from "../../core/config/schema.ts";
import { NO_ROOM, type Refusal } from "../../core/record/rejects.ts";
import { type KnownStreams, type Labels, labelsKey, streamsOf } from "./streams.ts";

export type Limits = Pick<Config["producer"], "maxSources" | "maxLabelSets" | "maxStreams">;

/**
 * What one input has brought so far. `refused` says why a record with further labels is one too many.
 * `add` counts an accepted one and gives its key among the streams.
 */
type Brought = Readonly<{ refused(labels: Labels): Refusal | undefined; add(labels: Labels): string }>;

/** Counts the distinct sources and label sets of one input, and all streams: it adds to the known `streams`. */
export function brought(limits: Limits, streams: KnownStreams): Brought {
  const { maxSources, maxLabelSets, maxStreams } = limits;
  const sources = new Set<string>();
  const sets = new Set<string>();
  const setOf = ({ entreprise, zone, source }: Labels) => labelsKey({ entreprise, zone, source });
  const tooMany = (setting: keyof Limits, what: string): Refusal => ({
    code: "labels",
    reason: `the file brings more than ${limits[setting]} ${what}; if they are meant, raise producer.${setting} in src/config.ts`,
  });
  return {
    refused(labels) {
      if (sources.size >= maxSources && !sources.has(labels.source)) return tooMany("maxSources", "sources");
      if (sets.size >= maxLabelSets && !sets.has(setOf(labels)))
        return tooMany("maxLabelSets", "sets of Entreprise, Zone and Source");
      // A known set is always let in: the first failure of a source must not find the door closed.
      if (streamsOf({ size: streams.size + 1 }) > maxStreams && !streams.has(labelsKey(labels)))
        return noRoom(streams, maxStreams);
      return undefined;
    },
    add(labels) {
      const key = labelsKey(labels);
      if (labels.lot === undefined && sets.has(key) && streams.has(key)) return key;
      sources.add(labels.source);
      sets.add(setOf(labels));
      if (!streams.has(key)) streams.set(key, false);
      return key;
    },
  };
}

const noRoom = ({ size }: KnownStreams, maxStreams: number): Refusal => ({
  code: "streams",
  reason: `${NO_ROOM.producer}: ${size} sets of labels are known, from all inputs, and producer.maxStreams in src/config.ts is ${maxStreams}; if they are meant, raise it`,
});

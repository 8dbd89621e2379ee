import type { Config } from "../config.schema.ts";
import type { NormalisedRecord } from "../schema.ts";
import type { Refusal } from "./items.ts";

type Labels = Pick<NormalisedRecord, "entreprise" | "zone" | "source">;

/** What one input has brought so far: `refused` says why a record with further labels is one too many, `add` counts an accepted one. */
export type Brought = Readonly<{ refused(labels: Labels): Refusal | undefined; add(labels: Labels): void }>;

/** Counts the distinct sources and label sets of one input. */
export function brought({ maxSources, maxLabelSets }: Pick<Config["producer"], "maxSources" | "maxLabelSets">): Brought {
  const sources = new Set<string>();
  const sets = new Set<string>();
  // No label holds a line end; a list as JSON would cost more, for every record.
  const setOf = ({ entreprise, zone, source }: Labels) => `${entreprise}\n${zone}\n${source}`;
  const tooMany = (most: number, what: string, setting: string): Refusal => ({
    code: "labels",
    reason: `the file brings more than ${most} ${what}; if they are meant, raise producer.${setting} in src/config.ts`,
  });
  return {
    refused(labels) {
      if (sources.size >= maxSources && !sources.has(labels.source)) return tooMany(maxSources, "sources", "maxSources");
      if (sets.size >= maxLabelSets && !sets.has(setOf(labels))) return tooMany(maxLabelSets, "sets of Entreprise, Zone and Source", "maxLabelSets");
      return undefined;
    },
    add(labels) {
      sources.add(labels.source);
      sets.add(setOf(labels));
    },
  };
}

import type { Config } from "../../core/config/schema.ts";
import { keptByThree } from "../../core/kept.ts";
import { HOUR_MS } from "../../core/spans.ts";
import { etats, type NormalisedRecord } from "../../schema.ts";

/** Labels that Loki holds streams for, one for each state; whether the state topic knows them, and will for a while. */
export type KnownStreams = Map<string, boolean>;

export type Labels = Pick<NormalisedRecord, "entreprise" | "zone" | "source" | "lot">;

/** No label holds a line end; JSON would cost more, for every record. */
const SEPARATOR = "\n";
/** Written once each: there are few of them, and one is asked for at each record. */
const keys = keptByThree((entreprise) => (zone) => (source) => [entreprise, zone, source].join(SEPARATOR));
export const labelsKey = ({ entreprise, zone, source, lot }: Labels): string => {
  const key = keys(entreprise)(zone)(source);
  return lot === undefined ? key : `${key}${SEPARATOR}${lot}`;
};

/** The day of a load gets no further lines; 30 minutes after its last one Loki holds no stream for it any more. */
const LOT_KEPT_MS = HOUR_MS;
const isOfLot = (key: string) => key.split(SEPARATOR).length > 3;

/** Whether labels that were last noted so many milliseconds ago are still known, and need not be noted again yet. */
export function standing(
  key: string,
  age: number,
  { streamsKept }: Pick<Config["producer"], "streamsKept">,
): "fresh" | "old" | "gone" {
  const kept = isOfLot(key) ? LOT_KEPT_MS : streamsKept.value * 1000;
  if (age > kept) return "gone";
  return age > kept / 2 ? "old" : "fresh";
}

/** How many streams these labels can come to. */
export const streamsOf = (sets: Pick<KnownStreams, "size">): number => sets.size * etats.length;

import { collected } from "../../core/kept.ts";
import type { Place } from "./entries.ts";
import { type Positions, positions } from "./positions.ts";

/**
 * What the producer noted of an input, and what Kafka holds of it.
 * `repeated`: places of which Kafka has more than one message.
 */
export type Input = Readonly<{
  input: string;
  verdict: "agrees" | "lost" | "unchecked" | "unnoted";
  acknowledged?: number;
  held: number;
  repeated: number;
  places: readonly string[];
}>;

/** How many runs of places are listed. */
const LISTED = 6;

/** Gathers the places that messages name in their headers, at two bits a record. */
export function inputsSeen() {
  const seen = collected<string, { once: Positions; again: Positions; untold: number }>();
  return {
    see({ input, position, records = 1 }: Place): void {
      if (input === undefined || position === undefined) return;
      const places = seen.of(input, () => ({ once: positions(), again: positions(), untold: 0 }));
      if (!places.once.add(position)) places.again.add(position);
      else places.untold += records - 1;
    },
    /** The inputs about which there is something to say, given the notes and whether Kafka has deleted messages. */
    compared(notes: ReadonlyMap<string, number>, { forgotten }: Readonly<{ forgotten: boolean }>): Input[] {
      return [...new Set([...notes.keys(), ...seen.all.keys()])].sort().map((input) => {
        const places = seen.all.get(input);
        const acknowledged = notes.get(input);
        const held = places ? places.once.count() + places.untold : 0;
        const found = { input, held, repeated: places?.again.count() ?? 0, places: places?.again.ranges(LISTED) ?? [] };
        if (acknowledged === undefined) return { ...found, verdict: "unnoted" };
        if (held >= acknowledged) return { ...found, acknowledged, verdict: "agrees" };
        return { ...found, acknowledged, verdict: forgotten ? "unchecked" : "lost" };
      });
    },
  };
}

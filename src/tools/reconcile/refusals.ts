import { z } from "zod";
import { topics } from "../../core/topics.ts";
import type { Place } from "./entries.ts";
import type { Message } from "./messages.ts";
import { type Positions, positions } from "./positions.ts";

/** What the forwarder writes of a message that Loki refused: topic and partition as the input, offset as the line. */
const refusal = z.object({ input: z.string().startsWith("kafka:"), line: z.int().min(0) });

/** Gathers the messages that, as the topic of rejects says, Loki refused. */
export function refusalsSeen() {
  const refused = new Map<string, Positions>();
  return {
    see({ place: { topic, input }, entry }: Message): void {
      if (topic !== topics.rejects || input !== undefined) return;
      const refusal = parsed(entry().line);
      if (!refusal) return;
      const offsets = refused.get(refusal.input) ?? positions();
      refused.set(refusal.input, offsets);
      offsets.add(refusal.line);
    },
    has: ({ topic, partition, offset }: Place): boolean =>
      refused.get(`kafka:${topic}/${partition}`)?.has(offset) ?? false,
  };
}

function parsed(line: Buffer) {
  try {
    return refusal.parse(JSON.parse(line.toString()));
  } catch {
    return undefined;
  }
}

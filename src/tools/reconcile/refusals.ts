import { z } from "zod";
import { collected } from "../../core/kept.ts";
import { shaped } from "../../core/shaped.ts";
import { topics } from "../../core/topics.ts";
import type { Place } from "./entries.ts";
import type { Message } from "./messages.ts";
import { type Positions, positions } from "./positions.ts";

/** What the forwarder writes of a message that Loki refused: topic and partition as the input, offset as the line. */
const refusal = z.object({ input: z.string().startsWith("kafka:"), line: z.int().min(0) });

/** Gathers the messages that, as the topic of rejects says, Loki refused. */
export function refusalsSeen() {
  const { all: refused, of: offsets } = collected<string, Positions>();
  return {
    see({ place: { topic, input }, entry }: Message): void {
      if (topic !== topics.rejects || input !== undefined) return;
      const found = shaped(refusal, entry().line.toString());
      if (found) offsets(found.input, positions).add(found.line);
    },
    has: ({ topic, partition, offset }: Place): boolean =>
      refused.get(`kafka:${topic}/${partition}`)?.has(offset) ?? false,
  };
}

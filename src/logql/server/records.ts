import { z } from "zod";
import type { Batch } from "./holdings.ts";

/** As many lines as stand on one line of the journal at most. */
const most = 1000;

/** A batch in parts of a size that reads well. */
export const chunked = ({ owner, entries }: Batch): readonly Batch[] =>
  Array.from({ length: Math.ceil(entries.length / most) }, (_, index) => ({
    owner,
    entries: entries.slice(index * most, (index + 1) * most),
  }));

const Labels = z.record(z.string(), z.string());
const Record = z.object({
  tenant: z.string(),
  labels: Labels,
  metadata: Labels.optional(),
  entries: z.array(z.tuple([z.string().regex(/^-?\d+$/), z.string()])),
});

/** A batch as one line of the journal, with times in nanoseconds since 1970. */
export const textOf = ({ owner, entries }: Batch, start: bigint): string =>
  `${JSON.stringify({ ...owner, entries: entries.map(([time, line]) => [String(start + BigInt(time)), line]) })}\n`;

/** Reads a line of the journal. */
export function recordOf(text: string, start: bigint): Batch {
  const { entries, metadata, ...owner } = Record.parse(JSON.parse(text));
  return {
    owner: metadata ? { ...owner, metadata } : owner,
    entries: entries.map(([time, line]) => [Number(BigInt(time) - start), line]),
  };
}

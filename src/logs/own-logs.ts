import type { Readable } from "node:stream";
import { getHeapStatistics } from "node:v8";
import type { Surroundings } from "../core/command.ts";
import { setting } from "../core/env.ts";
import { InputError, UserError } from "../core/errors.ts";
import { collected } from "../core/kept.ts";
import { progressOn } from "../core/progress.ts";
import { type Labels, recordLabels } from "../core/record/labels.ts";
import { sentence } from "../core/visible.ts";
import { type Streams, streamsSince1970 } from "../logql/streams.ts";
import { type Input, sizeOf } from "../producer/inputs/input.ts";
import { inputsOf } from "../producer/inputs/listing.ts";
import { judge } from "../producer/judging/judge.ts";
import { piecesOf } from "../producer/reading/pieces.ts";

/** Records in memory, with what could not be taken: one sentence each. */
export type OwnLogs = Readonly<{
  streams: Streams;
  records: number;
  rejected: number;
  rejects: readonly string[];
  faults: readonly string[];
}>;
export type ReadOptions = Readonly<{
  zone: string;
  stdin: Readable;
  onBytes?: (count: number) => void;
  onSize?: (bytes: number | undefined) => void;
  most?: number;
}>;

const MOST_REJECTS = 5;
/** The share of the memory that Node may take which records may fill: reading holds them twice for a moment. */
const SHARE = 1 / 3;

/** The most characters of records that this process should hold. */
export const mostHeld = (): number => getHeapStatistics().heap_size_limit * SHARE;

type Around = Pick<Surroundings, "env" | "stdin" | "stderr">;
/** Reads by the settings of a command's user, who sees how far it is. */
export async function seen<T>({ env, stdin, stderr }: Around, read: (options: ReadOptions) => Promise<T>): Promise<T> {
  const zone = setting(env, "LOGS_TIMEZONE");
  const progress = progressOn(stderr, "reading records");
  const onSize = (bytes?: number) => progress.start(bytes ?? 0);
  return read({ zone, stdin, onSize, onBytes: progress.step }).finally(progress.stop);
}

/** The records that a command's user names, by their settings; they read what cannot be taken. */
export async function recordsNamed(
  from: string,
  around: Around,
  { most }: Pick<ReadOptions, "most"> = {},
): Promise<OwnLogs> {
  const found = await seen(around, (options) => ownLogs(from, { ...options, ...(most && { most }) }));
  for (const remark of remarksOn(found)) around.stderr.write(`${remark}\n`);
  return found;
}

/**
 * The records of a file, a folder, an S3 address or standard input as the streams that Loki would hold:
 * read and judged by the producer, labelled by the collector; an entry's time is the record's `Fin`.
 * Throws a `UserError` for what cannot be read at all, or is more than `most` characters.
 */
export async function ownLogs(
  from: string,
  { zone, stdin, onBytes = () => {}, onSize = () => {}, most = Number.POSITIVE_INFINITY }: ReadOptions,
): Promise<OwnLogs> {
  const inputs = await inputsOf(from, stdin);
  onSize(sizeOf(inputs));
  const decide = judge({ zone, timestamps: "replay", load: "", open: new Map(), now: Date.now });
  const byLabels = collected<string, { labels: Labels; entries: [time: number, line: string][] }>();
  const result = { records: 0, rejected: 0, rejects: [] as string[], faults: [] as string[] };
  let held = 0;
  const take = (input: Input, piece: Parameters<typeof decide>[1]) => {
    const item = decide(input.name, piece);
    if (item.kind === "reject") {
      result.rejected += 1;
      if (result.rejects.length < MOST_REJECTS) result.rejects.push(`${input.name}: ${item.printed}`);
      return;
    }
    result.records += 1;
    held += item.line.length;
    if (held > most) throw new UserError(tooMuch(from, result.records));
    const labels = recordLabels(Buffer.from(item.line));
    const stream = byLabels.of(JSON.stringify(labels), () => ({ labels, entries: [] }));
    stream.entries.push([item.time, item.line]);
  };
  for (const input of inputs) {
    try {
      for await (const pieces of piecesOf(input, onBytes)) for (const piece of pieces) take(input, piece);
    } catch (error) {
      if (!(error instanceof InputError) || inputs.length === 1) throw error;
      result.faults.push(error.message);
    } finally {
      await input.close?.();
    }
  }
  return { ...result, streams: streamsSince1970([...byLabels.all.values()]) };
}

const tooMuch = (from: string, records: number) =>
  `${from} holds more than this process can keep in memory (it stopped at ${records} records); take fewer files, or give Node more with NODE_OPTIONS=--max-old-space-size=8192.`;

/** What could not be taken, in lines for a terminal; nothing where all was. */
export function remarksOn({ records, rejected, rejects, faults }: OwnLogs): readonly string[] {
  const counted = rejected > 0 ? [`${records} records taken, ${rejected} rejected:`] : [];
  const rest = rejected > rejects.length ? [`… and ${rejected - rejects.length} more rejects.`] : [];
  return [...counted, ...rejects, ...rest, ...faults].map(sentence);
}

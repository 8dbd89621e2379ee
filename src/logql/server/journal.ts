import {
  appendFileSync,
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
} from "node:fs";
import { join } from "node:path";
import type { Batch } from "./holdings.ts";
import type { Lines } from "./lines.ts";
import type { StoreLog } from "./options.ts";
import { chunked, recordOf, textOf } from "./records.ts";

/** The file that holds every accepted line, in the order in which they came. */
export type Journal = Readonly<{
  /** How many lines stand in the file, those among them that the store no longer holds too. */
  lines: () => number;
  bytes: () => number;
  /** Writes batches behind the others; when that fails, the file is as before. */
  append: (batches: readonly Batch[]) => void;
  /** Writes the file anew with what the store holds. */
  rewrite: (streams: readonly Lines[]) => void;
  close: () => void;
}>;

type JournalOptions = Readonly<{ folder: string; start: bigint; log: StoreLog }>;

/** Opens the journal of a folder, made where it is missing, and hands every batch in it to `add`. */
export async function openJournal(
  { folder, start, log }: JournalOptions,
  add: (batch: Batch) => void,
): Promise<Journal> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "store.jsonl");
  rmSync(`${path}.new`, { force: true });
  let lines = 0;
  let bytes = await read({ path, log }, (text) => {
    const batch = recordOf(text, start);
    lines += batch.entries.length;
    add(batch);
  });
  let file = openSync(path, "a");
  return {
    lines: () => lines,
    bytes: () => bytes,
    append(batches) {
      const text = Buffer.from(batches.flatMap((batch) => chunked(batch).map((part) => textOf(part, start))).join(""));
      try {
        appendFileSync(file, text);
      } catch (error) {
        ftruncateSync(file, bytes);
        throw error;
      }
      bytes += text.length;
      for (const { entries } of batches) lines += entries.length;
    },
    rewrite(streams) {
      const fresh = written(`${path}.new`, { streams, start });
      renameSync(`${path}.new`, path);
      closeSync(file);
      ({ file, lines, bytes } = fresh);
    },
    close: () => closeSync(file),
  };
}

/** Writes a new file with all lines of streams; when that fails, there is none. */
function written(path: string, { streams, start }: Readonly<{ streams: readonly Lines[]; start: bigint }>) {
  const file = openSync(path, "a");
  let [lines, bytes] = [0, 0];
  try {
    for (const { owner, times, lines: texts } of streams)
      for (const part of chunked({ owner, entries: times.map((time, place) => [time, texts[place]!] as const) })) {
        const text = Buffer.from(textOf(part, start));
        appendFileSync(file, text);
        bytes += text.length;
        lines += part.entries.length;
      }
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(path, { force: true });
    throw error;
  }
  return { file, lines, bytes };
}

const LINE_END = 10;

/** Hands over each line of the file, and cuts off a last one that is incomplete; returns the bytes that stay. */
async function read(
  { path, log }: Readonly<{ path: string; log: StoreLog }>,
  take: (line: string) => void,
): Promise<number> {
  if (!existsSync(path)) return 0;
  let number = 0;
  let sound = 0;
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, end)]);
      rest = [];
      from = end + 1;
      number += 1;
      sound += line.length + 1;
      try {
        take(line.toString("utf8"));
      } catch {
        log.warn({ path, line: number }, "a line of the journal cannot be read and was left out");
      }
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  const torn = rest.reduce((sum, part) => sum + part.length, 0);
  if (torn > 0) {
    log.warn(
      { path, line: number + 1, bytes: torn },
      "the last line of the journal was torn and was dropped: its push was never answered",
    );
    truncateSync(path, sound);
  }
  return sound;
}

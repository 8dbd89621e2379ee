import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { type CaseFile, streamsOfFile } from "../../logql/cases.ts";
import { type Entry, type Streams, streamsOf } from "../../logql/streams.ts";
import { ownLogs, remarksOn } from "../../logs/own-logs.ts";
import { UserError } from "../../producer/errors.ts";

type Labels = Readonly<Record<string, string>>;
type Push = Readonly<{ streams: readonly Readonly<{ stream: Labels; values: readonly (readonly [nanoseconds: string, line: string, ...unknown[]])[] }>[] }>;

/** One's own logs, and what of them could not be taken. */
export type Source = Readonly<{ streams: Streams; remarks: readonly string[] }>;

const HEAD_BYTES = 4096;

/** The first bytes of a file, which tell streams from records. */
async function headOf(file: string): Promise<string> {
  return text(createReadStream(file, { end: HEAD_BYTES - 1 }));
}

/** Whether a file holds one JSON object with streams: a case file, or what is pushed to Loki. */
const looksLikeStreams = (head: string) => /^\s*\{\s*"(?:group|loki|t0|streams)"\s*:/.test(head);

/** Reads a `logs.json`, a folder or an S3 address of such, or streams: the form of a case file, or that of a push to Loki. */
export async function sourceOf(from: string, around: Readonly<{ zone: string; stdin: Readable }>): Promise<Source> {
  const isFile =
    from !== "-" &&
    !from.startsWith("s3://") &&
    (await stat(from).then(
      (found) => found.isFile(),
      () => false,
    ));
  if (isFile && looksLikeStreams(await headOf(from))) return { streams: streamsFrom(from, await text(createReadStream(from))), remarks: [] };
  const own = await ownLogs(from, around);
  return { streams: own.streams, remarks: remarksOn(own) };
}

function streamsFrom(file: string, content: string): Streams {
  let parsed: Partial<CaseFile & Push>;
  try {
    parsed = JSON.parse(content) as Partial<CaseFile & Push>;
  } catch (cause) {
    throw new UserError(`${file} looks like streams, but is no JSON; write {"streams": […]}.`, { cause });
  }
  if (parsed.t0 !== undefined) return streamsOfFile(parsed as CaseFile);
  const times = (parsed as Push).streams.flatMap(({ values }) => values.map(([time]) => BigInt(time)));
  const origin = times.reduce((newest, time) => (time > newest ? time : newest), 0n);
  const streams = (parsed as Push).streams.map(({ stream, values }) => ({
    labels: stream,
    entries: values.map(([time, line]): Entry => [Number(BigInt(time) - origin), line]),
  }));
  return streamsOf(origin, streams);
}

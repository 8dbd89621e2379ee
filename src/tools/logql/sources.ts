import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { Surroundings } from "../../core/command.ts";
import { orSay, UserError } from "../../core/errors.ts";
import { streamsOfFile } from "../../logql/cases.ts";
import { type Entry, type Streams, streamsOf } from "../../logql/streams.ts";
import { recordsNamed } from "../../logs/own-logs.ts";
import { readPush, readStreams } from "./forms.ts";

const HEAD_BYTES = 4096;

/** The first bytes of a file, which tell streams from records. */
const headOf = (file: string): Promise<string> => text(createReadStream(file, { end: HEAD_BYTES - 1 }));

/** The first bytes of standard input, and all of it. */
async function peeked(stdin: Readable): Promise<Readonly<{ head: string; whole: Readable }>> {
  const chunks = stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>;
  const first = await chunks.next();
  async function* again() {
    for (let next = first; !next.done; next = await chunks.next()) yield next.value;
  }
  return {
    head: first.done ? "" : String(first.value).slice(0, HEAD_BYTES),
    whole: Readable.from(again(), { objectMode: false }),
  };
}

/** Whether a file holds one JSON object with streams: a case file, or what is pushed to Loki. */
const looksLikeStreams = (head: string) => /^\s*\{\s*"(?:group|loki|t0|streams|cases)"\s*:/.test(head);

/** Reads a `logs.json`, a folder or an S3 address of such, or streams: as in a case file, or as in a push to Loki. */
export async function streamsNamed(
  from: string,
  around: Pick<Surroundings, "env" | "stdin" | "stderr">,
): Promise<Streams> {
  const isFile =
    from !== "-" &&
    !from.startsWith("s3://") &&
    (await stat(from).then(
      (found) => found.isFile(),
      () => false,
    ));
  if (isFile && looksLikeStreams(await headOf(from))) return streamsFrom(from, await text(createReadStream(from)));
  const { head, whole } = from === "-" ? await peeked(around.stdin) : { head: "", whole: around.stdin };
  if (looksLikeStreams(head)) return streamsFrom("standard input", await text(whole));
  return (await recordsNamed(from, { ...around, stdin: whole })).streams;
}

function streamsFrom(name: string, content: string): Streams {
  const parsed = parsedJson(name, content);
  const isHeld = typeof parsed === "object" && parsed !== null && "t0" in parsed;
  const refusal = (fault: string) =>
    new UserError(`${name} holds streams that cannot be read (${fault}); docs/logql.md shows both forms.`);
  if (isHeld) {
    const read = readStreams(parsed);
    if (read.fault !== undefined) throw refusal(read.fault);
    return streamsOfFile(read.value);
  }
  const read = readPush(parsed);
  if (read.fault !== undefined) throw refusal(read.fault);
  const origin = read.value.streams
    .flatMap(({ values }) => values.map(([time]) => BigInt(time)))
    .reduce((a, b) => (a > b ? a : b), 0n);
  const streams = read.value.streams.map(({ stream, values }) => ({
    labels: stream,
    entries: values.map(([time, line]): Entry => [Number(BigInt(time) - origin), line]),
  }));
  return streamsOf(origin, streams);
}

const parsedJson = (name: string, content: string): unknown =>
  orSay(
    () => JSON.parse(content),
    () => `${name} looks like streams, but is no JSON; write {"streams": […]}.`,
  );

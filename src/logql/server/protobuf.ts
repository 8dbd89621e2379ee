import protobuf from "protobufjs";
import snappy from "snappy";
import { Refusal } from "./answer.ts";
import { nanosecondsAfter, type Origin, type PushedEntry, type PushedStream } from "./pushed.ts";

const { root } = protobuf.parse(`
  syntax = "proto3";
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }
  message Pair { string name = 1; string value = 2; }
  message Entry { Timestamp timestamp = 1; bytes line = 2; repeated Pair metadata = 3; }
  message Stream { string labels = 1; repeated Entry entries = 2; }
  message PushRequest { repeated Stream streams = 1; }
`);
const PushRequest = root.lookupType("PushRequest");

type Entry = {
  timestamp?: { seconds: unknown; nanos: number };
  line: Buffer;
  metadata: { name: string; value: string }[];
};
type Message = { streams: { labels: string; entries: Entry[] }[] };

/** Reads Loki's push as Promtail sends it: protobuf in a block of snappy, at most `limit` bytes. */
export function readProtobuf(
  body: Buffer,
  { origin, limit }: Readonly<{ origin: Origin; limit: number }>,
): readonly PushedStream[] {
  const { streams } = decode(uncompress(body, limit));
  return streams.map(({ labels, entries }) => ({ labels, entries: entries.map((entry) => entryOf(entry, origin)) }));
}

/** What 64 bits of nanoseconds can hold. */
const farthest = 2 ** 63 / 1e9;

function entryOf({ timestamp, line, metadata }: Entry, origin: Origin): PushedEntry {
  const seconds = Number(timestamp?.seconds ?? 0);
  if (Math.abs(seconds) > farthest)
    throw new Refusal(`an entry's time is ${seconds} seconds since 1970: that is no time`);
  const time = nanosecondsAfter(origin, { seconds, nanos: timestamp?.nanos ?? 0 });
  const entry = { time, line: line.toString("utf8"), bytes: line.length };
  if (metadata.length === 0) return entry;
  return { ...entry, metadata: Object.fromEntries(metadata.map(({ name, value }) => [name, value])) };
}

/** The length that a block of snappy says it will have: seven bits a byte, the lowest first. */
function lengthOf(block: Buffer): number {
  let length = 0;
  for (const [index, byte] of block.subarray(0, 5).entries()) {
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) break;
  }
  return length;
}

function uncompress(body: Buffer, limit: number): Buffer {
  if (lengthOf(body) > limit) throw new Refusal(`the push is over ${limit} bytes: send it in parts`, 413);
  try {
    return snappy.uncompressSync(body) as Buffer;
  } catch {
    throw new Refusal("snappy: corrupt input");
  }
}

function decode(message: Buffer): Message {
  try {
    return PushRequest.decode(message) as unknown as Message;
  } catch (cause) {
    throw new Refusal(`the body is no push in protobuf: ${(cause as Error).message}`);
  }
}

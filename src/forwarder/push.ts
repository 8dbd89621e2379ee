import protobuf from "protobufjs";
import snappy from "snappy";
import { askLoki, type LokiAddress, reasonOf } from "../core/loki.ts";
import type { Labels } from "../core/record/labels.ts";
import { NO_ROOM } from "../core/record/rejects.ts";
import { PUSH_TIMEOUT } from "../core/stopping.ts";

/** A line and its time in milliseconds since 1970. */
export type Entry = Readonly<{ time: number; line: Buffer }>;
/**
 * What Loki made of the entries of one stream: took all, refused the first `count` of them, refused some,
 * had no room for the stream, was away (and holds none), or did not say.
 */
export type Answer =
  | Readonly<{ kind: "stored" }>
  | Readonly<{ kind: "refused"; count: number; reason: string }>
  | Readonly<{ kind: "partly"; reason: string }>
  | Readonly<{ kind: "full"; reason: string }>
  | Readonly<{ kind: "away"; reason: string }>
  | Readonly<{ kind: "unknown"; reason: string }>;

/** How long Loki may take to answer. */
export const TIMEOUT_MS = PUSH_TIMEOUT.value * 1000;

// Loki's push.proto; the line as bytes, since what arrives need not be UTF-8.
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }
  message Entry { Timestamp timestamp = 1; bytes line = 2; }
  message Stream { string labels = 1; repeated Entry entries = 2; }
  message PushRequest { repeated Stream streams = 1; }
`);
const PushRequest = root.lookupType("PushRequest");

/** Labels as Loki reads them: `{etat="FAILED", job="kafka-logs"}`. */
export const selector = (labels: Labels): string =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ")}}`;

const timestamp = (time: number) => {
  const seconds = Math.floor(time / 1000);
  return { seconds, nanos: Math.round((time - seconds * 1000) * 1e6) };
};

/**
 * Pushes entries of one stream, oldest first.
 * One stream, because Loki's answer to several hides what it refused of all but the last.
 * Oldest first, so that those too far behind the newest are the first ones, of which Loki says how many they are.
 */
export async function pushStream(
  loki: LokiAddress,
  { labels, entries }: Readonly<{ labels: Labels; entries: readonly Entry[] }>,
): Promise<Answer> {
  const message = {
    streams: [
      { labels: selector(labels), entries: entries.map(({ time, line }) => ({ timestamp: timestamp(time), line })) },
    ],
  };
  const body = (await snappy.compress(Buffer.from(PushRequest.encode(message).finish()))) as Uint8Array<ArrayBuffer>;
  const init = { method: "POST", headers: { "content-type": "application/x-protobuf" }, body };
  try {
    const { status, text } = await askLoki(loki, "/loki/api/v1/push", { patienceMs: TIMEOUT_MS, init });
    return answerOf({ status, text: text.trim() }, entries.length);
  } catch (error) {
    const reason = reasonOf(error);
    return { kind: reason === "ECONNREFUSED" ? "away" : "unknown", reason };
  }
}

/** Reads Loki's status and text. */
export function answerOf({ status, text }: Readonly<{ status: number; text: string }>, count: number): Answer {
  if (status >= 200 && status < 300) return { kind: "stored" };
  const reason = text.split("\n", 1)[0]!.replace(/,$/, "");
  if (status >= 400 && status < 500 && reason.includes(NO_ROOM.loki)) return { kind: "full", reason };
  if (status !== 400) return { kind: "unknown", reason: `status ${status}: ${reason}` };
  const ignored = /total ignored: (\d+) out of \d+ for stream/.exec(text)?.[1];
  const oldest = /too far behind.*(oldest acceptable timestamp is: [^']+)/.exec(reason)?.[1];
  if (ignored && oldest)
    return { kind: "refused", count: Number(ignored), reason: `too far behind its stream's newest line, ${oldest}` };
  return count === 1 ? { kind: "refused", count: 1, reason } : { kind: "partly", reason };
}

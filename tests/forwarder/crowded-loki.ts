import { createServer } from "node:http";
import protobuf from "protobufjs";
import snappy from "snappy";
import { served } from "../support/served.ts";

const { root } = protobuf.parse(`
  syntax = "proto3";
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }
  message Entry { Timestamp timestamp = 1; bytes line = 2; }
  message Stream { string labels = 1; repeated Entry entries = 2; }
  message Push { repeated Stream streams = 1; }
`);
const Push = root.lookupType("Push");
type Pushed = {
  streams: {
    labels: string;
    entries: { timestamp: { seconds: { toString(): string }; nanos: number }; line: Buffer }[];
  }[];
};
type Value = [nanoseconds: string, line: string];

/** The labels of a selector that are not empty, in one order. */
const setOf = (selector: string) => (selector.match(/\w+="(?:[^"\\]|\\.)+"/g) ?? []).sort().join(", ");

/**
 * A server that takes pushes as Loki does, of so many streams at most, refuses further ones in Loki's words, and says
 * what it holds of a stream.
 */
export async function crowdedLoki(room: number) {
  const streams = new Map<string, Value[]>();
  const state = { room, refusals: 0 };
  const push = async (body: Buffer): Promise<[number, string]> => {
    const { labels, entries } = (Push.decode((await snappy.uncompress(body)) as Buffer) as unknown as Pushed)
      .streams[0]!;
    const set = setOf(labels);
    if (!streams.has(set) && streams.size >= state.room) {
      state.refusals++;
      return [
        429,
        `Maximum active stream limit exceeded when trying to create stream ${labels}, reduce the number of active streams (reduce labels or reduce label values), or contact your Loki administrator to see if the limit can be increased, user: 'fake'\n`,
      ];
    }
    const values = entries.map(
      ({ timestamp: { seconds, nanos = 0 }, line }): Value => [
        `${BigInt(String(seconds)) * 1_000_000_000n + BigInt(nanos)}`,
        line.toString(),
      ],
    );
    streams.set(set, [...(streams.get(set) ?? []), ...values]);
    return [204, ""];
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, "http://loki");
    if (pathname.endsWith("/push")) {
      const [status, text] = await push(Buffer.concat(await request.toArray()));
      response.writeHead(status).end(text);
      return;
    }
    const values = streams.get(setOf(searchParams.get("query")!)) ?? [];
    response.end(JSON.stringify({ data: { result: values.length > 0 ? [{ values }] : [] } }));
  });
  const held = () => Object.fromEntries([...streams].map(([set, values]) => [set, values.map(([, line]) => line)]));
  return { url: `http://127.0.0.1:${await served(server)}`, held, state };
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import protobuf from "protobufjs";
import snappy from "snappy";

const { root } = protobuf.parse(`
  syntax = "proto3";
  message Entry { bytes timestamp = 1; bytes line = 2; }
  message Stream { string labels = 1; repeated Entry entries = 2; }
  message Push { repeated Stream streams = 1; }
`);
const Push = root.lookupType("Push");
type Pushed = { streams: { labels: string; entries: { line: Buffer }[] }[] };

/** A server that takes pushes as Loki does, of so many streams at most, and refuses further ones in Loki's words. */
export async function crowdedLoki(room: number) {
  const held = new Map<string, string[]>();
  const state = { room, refusals: 0 };
  const server = createServer(async (request, response) => {
    const body = await request.toArray();
    const { streams } = Push.decode((await snappy.uncompress(Buffer.concat(body))) as Buffer) as unknown as Pushed;
    const { labels, entries } = streams[0]!;
    if (!held.has(labels) && held.size >= state.room) {
      state.refusals++;
      const text = `Maximum active stream limit exceeded when trying to create stream ${labels}, reduce the number of active streams (reduce labels or reduce label values), or contact your Loki administrator to see if the limit can be increased, user: 'fake'`;
      return void response.writeHead(429).end(`${text}\n`);
    }
    held.set(labels, [...(held.get(labels) ?? []), ...entries.map(({ line }) => line.toString())]);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, held, state, close: () => server.close() };
}

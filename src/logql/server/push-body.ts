import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";
import { Refusal } from "./answer.ts";
import { readJson } from "./json.ts";
import { limits } from "./limits.ts";
import { readProtobuf } from "./protobuf.ts";
import type { Origin, PushedStream } from "./pushed.ts";

/** The body of a push, with its `Content-Type` and `Content-Encoding`. */
type PushBody = Readonly<{ body: Buffer; type: string; encoding: string }>;

const unpackers = { gzip: promisify(gunzip), deflate: promisify(inflate) } as const;

/** Reads a push: JSON, plain or packed, where its type says so, and otherwise protobuf in snappy. */
export async function readPush({ body, type, encoding }: PushBody, origin: Origin): Promise<readonly PushedStream[]> {
  if (!/^application\/json\s*(;|$)/i.test(type)) return readProtobuf(body, { origin, limit: limits.pushBytes });
  return readJson(await unpacked(body, encoding), origin);
}

async function unpacked(body: Buffer, encoding: string): Promise<Buffer> {
  if (encoding === "" || encoding === "identity") return body;
  const unpack = unpackers[encoding as keyof typeof unpackers];
  if (!unpack) throw new Refusal(`Content-Encoding ${JSON.stringify(encoding)} not supported`);
  try {
    return await unpack(body, { maxOutputLength: limits.pushBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw new Refusal(`the push is over ${limits.pushBytes} bytes: send it in parts`, 413);
    throw new Refusal(`${encoding}: ${(error as Error).message}`);
  }
}

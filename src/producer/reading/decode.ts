import { createGunzip, type Gunzip } from "node:zlib";
import { detail, InputError } from "../../core/errors.ts";

export type Bytes = AsyncIterable<Buffer>;

const CHUNK = 64 * 1024;
/** Checksum and length, at the end of a gzip. */
const TRAILER_BYTES = 8;
const isGzip = (bytes: Buffer | undefined) => bytes?.[0] === 0x1f && bytes[1] === 0x8b;
const isUtf16 = (bytes: Buffer) => (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
const hasMark = (bytes: Buffer) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** The text of a plain or gzip input, without byte-order mark. Of a cut one: what can be read, then an `InputError`. */
export async function* decoded(name: string, bytes: Bytes): Bytes {
  const chunks = startingWith(2, bytes);
  const { value: first } = await chunks.next();
  if (!first) return;
  const whole = prepended(first, chunks);
  let start = true;
  for await (const text of startingWith(3, isGzip(first) ? gunzipped(name, whole) : whole)) {
    if (start && isUtf16(text)) throw new InputError(`${name} is encoded in UTF-16; write it in UTF-8.`);
    yield start && hasMark(text) ? text.subarray(3) : text;
    start = false;
  }
}

/** The same bytes, the first chunk being at least `count` bytes long (or all there is). */
async function* startingWith(count: number, bytes: Bytes): AsyncGenerator<Buffer, undefined> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (!start) yield chunk;
    else if (start.length + chunk.length < count) start = Buffer.concat([start, chunk]);
    else {
      yield start.length === 0 ? chunk : Buffer.concat([start, chunk]);
      start = undefined;
    }
  }
  if (start?.length) yield start;
}

async function* prepended(first: Buffer, rest: Bytes): Bytes {
  yield first;
  yield* rest;
}

async function* gunzipped(name: string, bytes: Bytes): Bytes {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  let fed: { error?: Error; trailer?: Buffer } | undefined;
  // An error destroys the text that waits to be read: a wrong checksum or a cut file is told only once nothing waits.
  const finish = () => {
    if (!fed || gunzip.destroyed || gunzip.readableLength > 0) return;
    const { error, trailer } = fed;
    if (error) gunzip.destroy(error);
    else if (trailer) {
      fed = undefined;
      write(gunzip, trailer)
        .then(
          () => (fed = {}),
          () => {},
        )
        .then(finish);
    } else gunzip.end();
  };
  feed(bytes, gunzip)
    .then(
      (trailer) => (fed = { trailer }),
      (error) => (fed = { error }),
    )
    .then(finish);
  try {
    for await (const text of gunzip) {
      yield text;
      finish();
    }
  } catch (cause) {
    if (fed && fed.error === cause && (cause as NodeJS.ErrnoException).code?.startsWith("Z_") !== true) throw cause;
    throw new InputError(
      `${name} is a cut or damaged gzip file (${detail(cause)}); what could be read before was used.`,
      { cause },
    );
  } finally {
    // Behind the end of a padded gzip, or of what its reader wanted, nothing is fed: it has no one left to be told to.
    gunzip.on("error", () => {}).destroy();
  }
}

/** Resolves once the bytes are inflated. Those behind the end of a gzip never are: their write ends with the stream. */
const write = (gunzip: Gunzip, bytes: Buffer) =>
  new Promise<void>((resolve, reject) => {
    const closed = () => reject(new Error("nothing is read behind the end of a gzip"));
    gunzip.once("close", closed);
    gunzip.write(bytes, (error) => {
      gunzip.off("close", closed);
      if (error) reject(error);
      else resolve();
    });
  });

/** Writes all bytes but the last few, which are returned, one chunk at a time, and waits until each is inflated. */
async function feed(bytes: Bytes, gunzip: Gunzip): Promise<Buffer> {
  let last: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const all = Buffer.concat([last, chunk]);
    const end = Math.max(0, all.length - TRAILER_BYTES);
    last = all.subarray(end);
    if (end > 0) await write(gunzip, all.subarray(0, end));
  }
  return last;
}

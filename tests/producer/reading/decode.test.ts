import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decoded } from "../../../src/producer/reading/decode.ts";

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The text that can be read, then the error if there is one. */
async function read(bytes: Buffer, size = bytes.length || 1): Promise<string> {
  const parts: Buffer[] = [];
  let error = "";
  try {
    for await (const part of decoded("logs.json.gz", chunks(bytes, size))) parts.push(part);
  } catch (fault) {
    error = ` error: ${(fault as Error).message}`;
  }
  return Buffer.concat(parts).toString() + error;
}

const BOM = "\uFEFF";
const zipped = Buffer.concat([gzipSync("{}\n{"), gzipSync("}\n"), gzipSync('{"é":1}')]);

test.each([
  ["plain", Buffer.from('{"é":1}\n'), '{"é":1}\n'],
  ["one byte", Buffer.from("{"), "{"],
  ["nothing", Buffer.alloc(0), ""],
  ["byte-order mark", Buffer.from(`${BOM}{}\n`), "{}\n"],
  ["a mark that is not at the start stays", Buffer.from(`{}\n${BOM}{}`), `{}\n${BOM}{}`],
  ["gzip with a mark inside", gzipSync(`${BOM}{}\n`), "{}\n"],
  ["gzip members one after the other", zipped, '{}\n{}\n{"é":1}'],
  ["gzip padded with zeros", Buffer.concat([gzipSync("{}"), Buffer.alloc(20)]), "{}"],
  ["empty gzip", gzipSync(""), ""],
])("%s, at every chunk size", async (_name, bytes, text) => {
  for (let size = 1; size <= Math.max(1, bytes.length); size++)
    expect(await read(bytes, size), `chunks of ${size}`).toBe(text);
});

test.each([1, 7, 1000])("behind the end of a padded gzip the source is let go, in chunks of %i", async (size) => {
  let given = 0;
  let letGo = false;
  async function* padded(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of chunks(Buffer.concat([gzipSync("{}"), Buffer.alloc(5000)]), size)) {
        given += chunk.length;
        yield chunk;
      }
    } finally {
      letGo = true;
    }
  }
  for await (const text of decoded("logs.json.gz", padded())) expect(String(text)).toBe("{}");
  await expect.poll(() => letGo).toBe(true);
  expect(given).toBeLessThan(5000);
});

test("a reader that leaves early lets the source go too", async () => {
  let letGo = false;
  const lines = Array.from({ length: 100_000 }, (_, index) => `{"n":${(index * 7919) % 10_007}}\n`).join("");
  async function* zippedLines(): AsyncGenerator<Buffer> {
    try {
      yield* chunks(gzipSync(lines), 1000);
    } finally {
      letGo = true;
    }
  }
  for await (const text of decoded("logs.json.gz", zippedLines())) {
    expect(lines.startsWith(String(text))).toBe(true);
    break;
  }
  await expect.poll(() => letGo).toBe(true);
});

test("a cut gzip gives what can be read, then an error", async () => {
  const lines = Array.from({ length: 5000 }, (_, index) => `{"n":${(index * 7919) % 10007}}\n`).join("");
  const whole = gzipSync(lines);
  for (const size of [100, 4096, whole.length]) {
    const [text, error] = (await read(whole.subarray(0, whole.length - 10), size)).split(" error: ");
    expect(lines.startsWith(text ?? "")).toBe(true);
    expect(lines.length - (text ?? "").length).toBeLessThan(200);
    expect(error).toBe(
      "logs.json.gz is a cut or damaged gzip file (unexpected end of file); what could be read before was used.",
    );
  }
});

test("a gzip cut between the members' trailers is noticed too", async () => {
  expect(await read(zipped.subarray(0, -1))).toBe(
    '{}\n{}\n{"é":1} error: logs.json.gz is a cut or damaged gzip file (unexpected end of file); what could be read before was used.',
  );
});

test("the fault of the source itself is not called a damaged gzip", async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield zipped.subarray(0, 10);
    throw new Error("socket hang up");
  }
  const first = decoded("x", broken())[Symbol.asyncIterator]();
  await expect(first.next()).rejects.toThrow("socket hang up");
});

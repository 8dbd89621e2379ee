import { createHash } from "node:crypto";
import { Readable, Writable } from "node:stream";
import { expect, test } from "vitest";
import { ingest } from "../../../src/producer/run/ingest.ts";
import type { Mark } from "../../../src/producer/sending/delivery.ts";
import { dryRunSink } from "../../../src/producer/sending/dry-run.ts";
import { inputOf, memorySink, rawLine } from "../records.ts";

const options = { timestamps: "arrival", zone: "UTC", load: "x" } as const;

test("of 10 000 rejects 1000 are told, and one counts the rest with its places", async () => {
  const memory = memorySink();
  const marks: Mark[] = [];
  const begin: typeof memory.sink.begin = async (input, how) => {
    const delivery = await memory.sink.begin(input, how);
    return { ...delivery, end: async (last) => void (last && marks.push(last.mark)) };
  };
  const commas = ",".repeat(9_999);
  const outcome = await ingest(options, {
    inputs: [inputOf(`[${commas}]`)],
    connect: async () => ({ ...memory.sink, begin }),
  });
  expect(outcome).toMatchObject({ read: 10_000, rejected: 10_000, sent: { SUCCESS: 0, FAILED: 0 } });
  const rejects = memory.rejects();
  expect(rejects).toHaveLength(1001);
  expect(rejects[999]).toMatchObject({ line: 1000 });
  expect(rejects[1000]).toEqual({
    reason:
      "9000 more records were rejected, the last at 10000; producer.maxRejects in src/config.ts tells the first 1000 one by one",
    input: "logs.json",
    line: 1001,
    last: 10_000,
    records: 9_000,
  });
  // All of them count as acknowledged: empty elements, each ended by a line feed.
  expect(marks).toEqual([
    { records: 10_000, position: 10_000, sha256: createHash("sha256").update("\n".repeat(10_000)).digest("hex") },
  ]);
});

test("each input has its own thousand, good records go on, and a damaged file tells the rest too", async () => {
  const bad = Array.from({ length: 1002 }, () => "{}").join("\n");
  const cut = { ...inputOf(""), name: "cut.json", open: async () => Readable.from(broken(`${bad}\n${rawLine()}\n`)) };
  const memory = memorySink();
  const outcome = await ingest(options, {
    inputs: [inputOf(`${bad}\n${rawLine()}`), cut],
    connect: async () => memory.sink,
  });
  expect(outcome).toMatchObject({
    rejected: 2004,
    sent: { SUCCESS: 2 },
    errors: [expect.stringContaining("cut.json cannot be read to its end")],
  });
  expect(memory.rejects().filter(({ records }) => records)).toMatchObject([
    { input: "logs.json", line: 1001, last: 1002, records: 2 },
    { input: "cut.json", line: 1001, last: 1002, records: 2 },
  ]);
});

async function* broken(text: string) {
  yield Buffer.from(text);
  throw new Error("the line is dead");
}

test("a dry run tells as many", async () => {
  const lines: string[] = [];
  const err = new Writable({
    write: (chunk, _, done) => {
      lines.push(...String(chunk).trim().split("\n"));
      done();
    },
  });
  await ingest(options, {
    inputs: [inputOf(`[${",".repeat(2000)}]`)],
    connect: async () => dryRunSink(new Writable(), err),
  });
  expect(lines).toHaveLength(1001);
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ line: 1001, last: 2001, records: 1001 });
});

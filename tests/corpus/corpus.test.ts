import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { ingest } from "../../src/producer/ingest.ts";
import { memorySink } from "../producer/records.ts";
import type { Case } from "./case.ts";
import { corpus, messagesFor, rejects } from "./index.ts";

/** What the pipeline makes of a file that comes in chunks of so many bytes. */
async function pipeline(file: Buffer, chunk: number) {
  const memory = memorySink();
  const chunks = Array.from({ length: Math.ceil(file.length / chunk) }, (_, index) =>
    file.subarray(index * chunk, (index + 1) * chunk),
  );
  const input = {
    name: "file.json",
    address: "file.json",
    version: undefined,
    size: file.length,
    open: async () => Readable.from(chunks),
  };
  const outcome = await ingest(
    { timestamps: "arrival", zone: "UTC", load: "x" },
    { inputs: [input], connect: async () => memory.sink },
  );
  return { outcome, ...memory };
}

/** A cut at every byte of a short file; a long one is cut seldom. */
function chunksOf(bytes: number): readonly number[] {
  if (bytes < 1500) return [1, 7, bytes || 1];
  return bytes < 20_000 ? [7, bytes] : [65_536, bytes];
}

function expectRejects({ rejected }: Case, found: { line: number; reason: string }[]): void {
  if ("count" in rejected) {
    expect(found).toHaveLength(messagesFor(rejected.count));
    for (const { reason } of found.slice(0, 1000)) expect(reason).toMatch(rejected.reason);
    for (const { reason } of found.slice(1000))
      expect(reason).toMatch(new RegExp(`^${rejected.count - 1000} more records were rejected`));
    return;
  }
  expect(found.map(({ line }) => line)).toEqual(rejected.map(([line]) => line));
  for (const [index, [, reason]] of rejected.entries()) {
    if (typeof reason === "string") expect(found[index]!.reason).toBe(reason);
    else expect(found[index]!.reason).toMatch(reason);
  }
}

test("there are at least 200 cases, each with a name of its own", () => {
  expect(corpus.length).toBeGreaterThanOrEqual(200);
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
});

describe("every record of a malformed file is sent or rejected with its line, and nothing crashes", () => {
  test.each(corpus)("$name", async ({ marker, ...expected }) => {
    const file = expected.file(marker);
    for (const chunk of chunksOf(file.length)) {
      const { outcome, records, items, rejects: found } = await pipeline(file, chunk);
      const sent = outcome.sent.SUCCESS + outcome.sent.FAILED;
      expect(outcome.read).toBe(sent + outcome.rejected);
      expect({ sent, rejected: outcome.rejected }).toEqual({ sent: expected.accepted, rejected: rejects(expected) });
      expect(records().filter(({ objet }) => objet === marker)).toHaveLength(expected.accepted);
      expectRejects(expected, found());
      for (const reject of found())
        if (!("records" in reject))
          expect(reject).toMatchObject("record" in reject ? { record: expect.any(String) } : head);
      // Half of a character, which Loki's JSON parser refuses, stands in no message.
      const texts = items()
        .filter((item) => item.kind !== "untold")
        .flatMap((item) => Object.values(JSON.parse(item.kind === "record" ? item.line : item.message)));
      expect(texts.filter((text) => typeof text === "string" && !text.isWellFormed())).toEqual([]);
      expect(outcome.errors).toEqual(
        expected.error === undefined ? [] : [expect.stringMatching(sentence(expected.error))],
      );
    }
  });
});

/** What is kept of a record that is too long to be sent back whole. */
const head = { head: expect.any(String), length: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) };

/** The whole sentence about the file. */
function sentence(end: string | RegExp): RegExp {
  if (typeof end !== "string") return new RegExp(`^file\\.json${end.source.replace(/^\^/, "")}`, end.flags);
  return new RegExp(`^file\\.json${end.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}

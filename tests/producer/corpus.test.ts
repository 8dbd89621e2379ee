import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { ingest } from "../../src/producer/run/ingest.ts";
import type { Case } from "./corpus/case.ts";
import { corpus, messagesFor, rejects } from "./corpus/index.ts";
import { memorySink } from "./records.ts";

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

/** Cuts in the middle of everything in a short file, at every seventh byte of a longer one, seldom in a long one. */
function chunksOf(bytes: number): readonly number[] {
  if (bytes < 400) return [3, bytes || 1];
  return bytes < 20_000 ? [7, bytes] : [65_536];
}

/** The rejects that do not say what is expected of them. */
function unlike({ rejected }: Case, found: readonly { line: number; reason: string }[]): readonly unknown[] {
  const fits = (reason: string, wanted: string | RegExp) =>
    typeof wanted === "string" ? reason === wanted : wanted.test(reason);
  if ("count" in rejected) {
    const rest = new RegExp(`^${rejected.count - 1000} more records were rejected`);
    return found.filter(({ reason }, index) => !fits(reason, index < 1000 ? rejected.reason : rest));
  }
  return found.filter(({ line, reason }, index) => {
    const wanted = rejected[index];
    return wanted === undefined || line !== wanted[0] || !fits(reason, wanted[1]);
  });
}

/**
 * Whether a reject holds its record, or the head of one that is too long to be sent back whole; that of many has none.
 */
const isKept = (reject: object): boolean =>
  "records" in reject ||
  ("record" in reject && typeof reject.record === "string") ||
  ("head" in reject &&
    typeof reject.head === "string" &&
    "length" in reject &&
    typeof reject.length === "number" &&
    "sha256" in reject &&
    /^[0-9a-f]{64}$/.test(String(reject.sha256)));

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
      const rejected = found();
      expect(rejected).toHaveLength(messagesFor(rejects(expected)));
      expect(unlike(expected, rejected)).toEqual([]);
      expect(rejected.filter((reject) => !isKept(reject))).toEqual([]);
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

/** The whole sentence about the file. */
function sentence(end: string | RegExp): RegExp {
  if (typeof end !== "string") return new RegExp(`^file\\.json${end.source.replace(/^\^/, "")}`, end.flags);
  return new RegExp(`^file\\.json${end.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}

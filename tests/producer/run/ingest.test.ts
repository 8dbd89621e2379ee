import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { UserError } from "../../../src/core/errors.ts";
import type { Input } from "../../../src/producer/inputs/input.ts";
import { type IngestOptions, ingest } from "../../../src/producer/run/ingest.ts";
import { forgetfulSink, itemsOf, type Sink } from "../../../src/producer/sending/delivery.ts";
import { inputOf, memorySink, rawLine } from "../records.ts";

const NOW = Date.parse("2025-10-01T12:00:00.000Z");

async function run(inputs: readonly Input[], options: Partial<IngestOptions> = {}, memory = memorySink()) {
  const outcome = await ingest(
    { timestamps: "arrival", zone: "UTC", load: "logs", ...options },
    { inputs, connect: async () => memory.sink, now: () => NOW },
  );
  return { outcome, ...memory };
}

const at = (Fin: string, fields: Record<string, unknown> = {}) => rawLine({ Fin, Debut: undefined, ...fields });
const lines = (...texts: string[]) => inputOf(`${texts.join("\n")}\n`);

test("good records go on, bad ones are told with their line", async () => {
  const { outcome, records, rejects } = await run([
    inputOf(
      `\uFEFF${at("05-09-2025 10:00:00")}\r\n\r\n${at("05-09-2025 10:01:00", { Etat: "FAILED" })}\r\n{"a":1}\r\nnot json\r\n`,
    ),
  ]);
  expect(outcome).toEqual({
    read: 4,
    sent: { SUCCESS: 1, FAILED: 1 },
    rejected: 2,
    before: 0,
    errors: [],
    already: [],
  });
  expect(records().map(({ etat }) => etat)).toEqual(["SUCCESS", "FAILED"]);
  expect(rejects()).toEqual([
    { reason: "Etat is missing", input: "logs.json", line: 4, record: '{"a":1}' },
    {
      reason: 'not valid JSON: a value is expected at character 1, not "n"',
      input: "logs.json",
      line: 5,
      record: "not json",
    },
  ]);
});

describe("message times", () => {
  const file = lines(at("05-09-2025 10:00:00.000999"), at("05-09-2025 12:00:00"), at("05-09-2025 11:00:00"));
  const times = ({ records }: Awaited<ReturnType<typeof run>>) =>
    records().map(({ time }) => new Date(time).toISOString());

  test("arrival: now", async () => {
    expect(times(await run([file]))).toEqual([
      "2025-10-01T12:00:00.000Z",
      "2025-10-01T12:00:00.000Z",
      "2025-10-01T12:00:00.000Z",
    ]);
  });

  test("event: the record's fin, and a lot for each UTC day", async () => {
    const result = await run([file], { timestamps: "event", zone: "America/Montreal" });
    expect(times(result)).toEqual(["2025-09-05T14:00:00.000Z", "2025-09-05T16:00:00.000Z", "2025-09-05T15:00:00.000Z"]);
    expect(result.records().map(({ lot }) => lot)).toEqual(["logs-2025-09-05", "logs-2025-09-05", "logs-2025-09-05"]);
  });

  test("replay: shifted so that the newest of all files is now; the record keeps its own times", async () => {
    const result = await run([file, lines(at("05-09-2025 13:30:00"), "{}")], { timestamps: "replay" });
    expect(times(result)).toEqual([
      "2025-10-01T08:30:00.000Z",
      "2025-10-01T10:30:00.000Z",
      "2025-10-01T09:30:00.000Z",
      "2025-10-01T12:00:00.000Z",
    ]);
    expect(result.records().at(-1)).toMatchObject({ fin: "2025-09-05T13:30:00.000000Z" });
    expect(result.outcome).toMatchObject({ read: 5, rejected: 1 });
  });

  test("no lot outside event mode", async () => {
    for (const timestamps of ["arrival", "replay"] as const)
      expect((await run([file], { timestamps })).records()[0]).not.toHaveProperty("lot");
  });

  test("a time that Kafka or Loki would refuse is a reject, where fin is the message time", async () => {
    const odd = lines(at("31-12-1969 23:59:59"), at("01-10-2025 12:10:00"), at("01-10-2025 12:10:00.001"));
    expect((await run([odd])).outcome).toMatchObject({ sent: { SUCCESS: 3 }, rejected: 0 });
    expect((await run([odd], { timestamps: "event" })).rejects().map(({ line, reason }) => [line, reason])).toEqual([
      [1, "Fin is before 1970, which Kafka cannot hold as the time of a message"],
      [3, "Fin is in the future, which Loki refuses as the time of an entry"],
    ]);
  });
});

describe("recoveries", () => {
  const failed = at("05-09-2025 10:00:00", { Etat: "FAILED" });
  const repaired = at("05-09-2025 10:05:00");

  test("go over files", async () => {
    expect((await run([lines(failed), lines(repaired)])).records()[1]).toMatchObject({ retablissement_s: 300 });
  });

  test("start from the open failures of the sink", async () => {
    const memory = memorySink(new Map([['["akonovia","zohoprojects","projects"]', "2025-09-05T09:05:00.000000Z"]]));
    expect((await run([lines(repaired)], {}, memory)).records()[0]).toMatchObject({ retablissement_s: 3600 });
  });

  test("a rejected record neither opens nor closes one", async () => {
    const tooLong = { Etat: "FAILED", Description: "x".repeat(262_144) };
    const { records, rejects } = await run([lines(at("05-09-2025 09:00:00", tooLong), repaired)]);
    expect(records()).toHaveLength(1);
    expect(records()[0]).not.toHaveProperty("retablissement_s");
    expect(rejects()[0]).toMatchObject({
      line: 1,
      reason: expect.stringMatching(/^the normalised record is 262\d{3} bytes long, over the 262144 that Loki takes$/),
    });
  });
});

describe("size of the normalised record", () => {
  const filled = (length: number) => at("05-09-2025 10:00:00", { Description: "é".repeat(length) });
  const around = async (length: number) =>
    Buffer.byteLength(
      (await run([lines(filled(length))])).items().map((item) => (item.kind === "record" ? item.line : ""))[0] ?? "",
    );

  test("262144 bytes are accepted, one more is not", async () => {
    const fit = (262_144 - (await around(0)) - ',"description":""'.length) / 2;
    const [exact, over] = [Math.floor(fit), Math.floor(fit) + 1];
    expect((await run([lines(filled(exact))])).outcome.rejected).toBe(0);
    expect((await run([lines(filled(over))])).outcome.rejected).toBe(1);
  });
});

describe("faults of an input are one sentence, and the other files go on", () => {
  const good = inputOf(`${at("05-09-2025 10:00:00")}\n`, "good.json");

  test("empty, foreign and cut files", async () => {
    const cut = gzipSync(`${at("05-09-2025 10:00:00")}\n${at("05-09-2025 10:01:00")}\n`).subarray(0, -5);
    const { outcome } = await run([
      inputOf("", "empty.json"),
      inputOf("a;b\n", "table.csv"),
      inputOf(cut, "cut.json.gz"),
      good,
    ]);
    expect(outcome).toEqual({
      read: 3,
      sent: { SUCCESS: 3, FAILED: 0 },
      rejected: 0,
      before: 0,
      already: [],
      errors: [
        "empty.json is empty; a file of records, one JSON object a line, is expected.",
        'table.csv is neither JSON Lines nor a JSON array: it starts with "a;b\\n" instead of "{" or "[".',
        "cut.json.gz is a cut or damaged gzip file (unexpected end of file); what could be read before was used.",
      ],
    });
  });

  test("nothing is connected when no record was read", async () => {
    const connect = async (): Promise<Sink> => {
      throw new Error("must not be called");
    };
    const outcome = await ingest(
      { timestamps: "replay", zone: "UTC", load: "x" },
      { inputs: [inputOf("[]"), inputOf("\n")], connect },
    );
    expect(outcome).toMatchObject({
      read: 0,
      errors: ["logs.json is empty; a file of records, one JSON object a line, is expected."],
    });
  });

  test("a sink out of reach ends the run", async () => {
    const away = forgetfulSink(itemsOf(() => Promise.reject(new UserError("Kafka at x stopped answering."))));
    const outcome = await ingest(
      { timestamps: "arrival", zone: "UTC", load: "x" },
      { inputs: [good], connect: async () => away },
    );
    expect(outcome).toEqual({
      read: 1,
      sent: { SUCCESS: 0, FAILED: 0 },
      rejected: 0,
      before: 0,
      errors: ["Kafka at x stopped answering."],
      already: [],
    });
  });

  test("an unforeseen error is not swallowed", async () => {
    const broken = forgetfulSink(itemsOf(() => Promise.reject(new TypeError("a bug"))));
    await expect(
      ingest({ timestamps: "arrival", zone: "UTC", load: "x" }, { inputs: [good], connect: async () => broken }),
    ).rejects.toThrow("a bug");
  });
});

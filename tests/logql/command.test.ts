import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { run } from "../../src/tools/logql/command.ts";
import { SAMPLE, sample } from "../support/expected.ts";

const folder = mkdtempSync(join(tmpdir(), "logql-"));
afterAll(() => rmSync(folder, { recursive: true }));

function sink() {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join("") };
}

async function logql(args: readonly string[], stdin = "") {
  const [out, err] = [sink(), sink()];
  const status = await run(args, { env: {}, stdin: Readable.from([Buffer.from(stdin)]), stdout: out.stream, stderr: err.stream });
  return { status, out: out.text(), err: err.text() };
}

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

test("a table of one's own logs, at the newest entry", async () => {
  const { status, out, err } = await logql(["--logs", SAMPLE, 'sum by (source) (count_over_time({job="kafka-logs"}[1d]))']);
  const rows = Object.fromEntries(
    out
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => row.split(/\s+/)),
  );
  const counts: Record<string, string> = {};
  for (const { Source } of sample) counts[String(Source)] = String(Number(counts[String(Source)] ?? 0) + 1);
  expect({ status, err, rows }).toEqual({ status: 0, err: "", rows: counts });
});

test("lines in the form of Loki's API, their times those of Fin", async () => {
  const { out } = await logql(["--logs", SAMPLE, '{etat="FAILED"}', "--start", "2025-09-01T00:00:00Z", "--json"]);
  const failed = sample.find(({ Etat }) => Etat === "FAILED")!;
  const fin = String(failed.Fin).replace(/^(\d\d)-(\d\d)-(\d{4}) (.*)$/, "$3-$2-$1T$4Z");
  const { resultType, result } = JSON.parse(out);
  expect(resultType).toBe("streams");
  expect(result).toHaveLength(1);
  expect(result[0].stream).toEqual({ job: "kafka-logs", etat: "FAILED", source: failed.Source, entreprise: failed.Entreprise, zone: failed.Zone });
  expect(Number(BigInt(result[0].values[0][0]) / 1_000_000n)).toBe(Date.parse(fin));
});

test("a range of a metric, through standard input", async () => {
  const line = (minute: number) => `${JSON.stringify({ ...sample[0], Fin: `05-09-2025 10:${String(minute).padStart(2, "0")}:00` })}\n`;
  const query = 'sum(count_over_time({job="kafka-logs"}[5m]))';
  const range = ["--start", "2025-09-05T10:00:00Z", "--end", "2025-09-05T10:15:00Z", "--step", "5m", "--json"];
  const { out } = await logql(["--logs", "-", query, ...range], [1, 4, 5, 6].map(line).join(""));
  const at = (minute: number) => Date.UTC(2025, 8, 5, 10, minute) / 1000;
  expect(JSON.parse(out).result).toEqual([
    {
      metric: {},
      values: [
        [at(5), "3"],
        [at(10), "1"],
      ],
    },
  ]);
});

test("streams of a push to Loki, and those of a case file", async () => {
  const pushed = file("push.json", {
    streams: [
      {
        stream: { app: "a" },
        values: [
          ["1700000000000000001", "x"],
          ["1700000001000000000", "y"],
        ],
      },
    ],
  });
  expect((await logql(["--logs", pushed, '{app="a"} |= "x"'])).out).toContain("2023-11-14T22:13:20.000000001Z  a    x\n");
  const streams = [
    {
      labels: { app: "a" },
      entries: [
        [0, "x"],
        [10, "y"],
      ],
    },
  ];
  const held = file("case.json", { t0: "2026-11-27T06:00:00Z", streams, cases: [] });
  expect((await logql(["--logs", held, 'count_over_time({app="a"}[1m])', "--at", "2026-11-27T06:00:05Z"])).out).toBe("app  value\na    1\n");
});

test("what is refused names line, column and what was expected; rejects are told", async () => {
  expect(await logql(["--logs", SAMPLE, '{etat="FAILED"'])).toEqual({
    status: 1,
    out: "",
    err: "parse error at line 1, col 15: syntax error: unexpected $end, expecting } or ,\n",
  });
  expect((await logql(["--logs", SAMPLE, "{a=1}", "--at", "yesterday"])).status).toBe(1);
  const bad = file("bad.json", `${JSON.stringify(sample[0])}\n{"a":1}\n`);
  const { status, err } = await logql(["--logs", bad, '{job="kafka-logs"}']);
  expect([status, err.split("\n")[0]]).toEqual([0, "1 records taken, 1 rejected:"]);
  expect((await logql(["--logs", join(folder, "none.json"), "{a=1}"])).err).toMatch(/none\.json does not exist/);
});

test("files of cases: an answer each; a file that is none is one sentence, and the others are answered", async () => {
  const cases = [
    { id: "a", kind: "instant", at: 10, query: 'count_over_time({app="a"}[1m])' },
    { id: "b", kind: "log", start: 0, end: 5, limit: 10, direction: "forward", query: '{app="a"}' },
    { id: "c", kind: "instant", at: 10, query: "count_over_time({app=" },
  ];
  const good = file("good.json", {
    t0: "2026-11-27T06:00:00Z",
    streams: [
      {
        labels: { app: "a" },
        entries: [
          [0, "x"],
          [10, "y"],
        ],
      },
    ],
    cases,
  });
  const { status, out, err } = await logql([file("text.json", "no json"), join(folder, "gone.json"), good]);
  expect(status).toBe(1);
  expect(err.trim().split("\n")).toHaveLength(2);
  expect(JSON.parse(out)).toEqual([
    { id: "a", type: "vector", result: [[{ app: "a" }, "2"]] },
    { id: "b", type: "streams", result: [[{ app: "a" }, [[0, "x"]]]] },
    { id: "c", type: "error", status: 400, message: expect.stringContaining("line 1, col") },
  ]);
});

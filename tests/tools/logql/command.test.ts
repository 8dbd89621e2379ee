import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { called } from "../../support/called.ts";
import { SAMPLE, sample } from "../../support/expected.ts";
import { folderOfFile } from "../../support/folder.ts";

const folder = folderOfFile();

async function logql(args: readonly string[], stdin = "") {
  const { status, stdout: out, stderr: err } = await called(["logql", ...args], { stdin });
  return { status, out, err };
}

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

test("a table of one's own logs, at the newest entry", async () => {
  const { status, out, err } = await logql([
    "--logs",
    SAMPLE,
    'sum by (source) (count_over_time({job="kafka-logs"}[1d]))',
  ]);
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
  expect(result[0].stream).toEqual({
    job: "kafka-logs",
    etat: "FAILED",
    source: failed.Source,
    entreprise: failed.Entreprise,
    zone: failed.Zone,
  });
  expect(Number(BigInt(result[0].values[0][0]) / 1_000_000n)).toBe(Date.parse(fin));
});

test("a range of a metric, through standard input", async () => {
  const line = (minute: number) =>
    `${JSON.stringify({ ...sample[0], Fin: `05-09-2025 10:${String(minute).padStart(2, "0")}:00` })}\n`;
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
  expect((await logql(["--logs", pushed, '{app="a"} |= "x"'])).out).toContain(
    "2023-11-14T22:13:20.000000001Z  a    x\n",
  );
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
  expect((await logql(["--logs", held, 'count_over_time({app="a"}[1m])', "--at", "2026-11-27T06:00:05Z"])).out).toBe(
    "app  value\na    1\n",
  );
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

test.each([
  [
    "a time that is none",
    { streams: [{ stream: { app: "a" }, values: [["soon", "x"]] }] },
    "streams[0].values[0][0]: must be nanoseconds since 1970",
  ],
  ["streams that are none", { streams: 5 }, "streams: "],
  ["a t0 that is none", { t0: "today", streams: [] }, "t0: is no moment of RFC 3339"],
  [
    "an entry the wrong way round",
    { t0: "2026-11-27T06:00:00Z", streams: [{ labels: { app: "a" }, entries: [["x", 0]] }] },
    "streams[0].entries[0][0]: ",
  ],
])("streams with %s are refused in one sentence", async (_, content, fault) => {
  const { status, err } = await logql(["--logs", file("faulty.json", content), '{app="a"}']);
  expect([status, err.split("\n").length]).toEqual([1, 2]);
  expect(err).toContain(fault);
});

test("streams come through standard input too, in whatever order their keys stand", async () => {
  const pushed = JSON.stringify({ streams: [{ stream: { app: "a" }, values: [["1700000000000000001", "x"]] }] });
  expect((await logql(["--logs", "-", '{app="a"}'], pushed)).out).toContain("2023-11-14T22:13:20.000000001Z  a    x\n");
  const held = JSON.stringify(
    { cases: [], streams: [{ labels: { app: "a" }, entries: [[0, "x"]] }], t0: "2026-11-27T06:00:00Z" },
    undefined,
    2,
  );
  expect((await logql(["--logs", "-", '{app="a"}'], held)).out).toContain("2026-11-27T06:00:00Z  a    x\n");
});

test("a case that is none is one sentence with its place; a query without --logs is told how to ask", async () => {
  const cases = [{ id: "a", kind: "instant", at: 0 }];
  const { status, err } = await logql([file("odd.json", { t0: "2026-11-27T06:00:00Z", streams: [], cases })]);
  expect([status, err.split("\n").length]).toEqual([1, 2]);
  expect(err).toContain("cases[0].query: ");
  expect((await logql(['{app="a"}'])).err).toContain("add --logs FILE");
});

test("a range that starts behind the newest entry, and one of too many points, are refused in one sentence", async () => {
  const late = await logql(["--logs", SAMPLE, "vector(1)", "--start", "2100-01-01T00:00:00Z"]);
  expect([late.status, late.err]).toEqual([
    1,
    expect.stringMatching(/^--start comes after the newest entry \(20.*Z\), where the range ends; .*\n$/),
  ]);
  const long = await logql(["--logs", SAMPLE, "vector(1)", "--start", "0", "--end", "2000000000", "--step", "1ms"]);
  expect([long.status, long.err]).toEqual([
    1,
    expect.stringMatching(/^exceeded maximum resolution of 11,000 points.*\n$/),
  ]);
});

import { expect, test } from "vitest";
import { asJson, asTable, statusOf } from "../../../src/tools/reconcile/report.ts";
import type { Report } from "../../../src/tools/reconcile/run.ts";

const at = Date.parse("2026-11-22T10:00Z");
const none = { missing: 0, waiting: 0, refused: 0, doubled: 0, unknown: 0, forgotten: 0 };
const held = [
  { topic: "ingestion-logs", partition: 0, low: 0, high: 12_000 },
  { topic: "ingestion-logs", partition: 1, low: 0, high: 345 },
];
const agreeing: Report = {
  range: { from: at, to: at + 3_600_000 },
  held,
  seconds: 1.26,
  results: { cells: [], runs: [], total: { ...none, kafka: 12_345, loki: 12_345 } },
  inputs: [],
};
const first = { topic: "ingestion-logs", partition: 0, times: [at, at] } as const;
const differing: Report = {
  ...agreeing,
  results: {
    cells: [
      { hour: at, job: "kafka-logs", source: "", ...none, kafka: 5, loki: 4, missing: 1 },
      { hour: at, job: "kafka-logs", source: "Efficy", ...none, kafka: 12_000, loki: 12_001, doubled: 1 },
      { hour: at, job: "kafka-rejets", source: "", ...none, kafka: 9, loki: 7, missing: 2 },
    ],
    runs: [
      { ...first, kind: "doubled", by: "loki", offsets: [7, 7], input: "s3://b/k", positions: [8, 8] },
      { ...first, kind: "missing", partition: 1, offsets: [1, 1] },
      {
        ...{ kind: "missing", topic: "ingestion-logs-rejets", partition: 0, offsets: [3, 4], times: [at, at + 1] },
        ...{ input: "s3://b/k", positions: [3, 9] },
      },
    ],
    total: { ...none, kafka: 12_345, loki: 12_343, missing: 3, doubled: 1 },
  },
  inputs: [
    { input: "s3://b/k", verdict: "lost", acknowledged: 1000, held: 998, repeated: 3, places: ["2–4"] },
    { input: "s3://b/old", verdict: "unchecked", acknowledged: 7, held: 2, repeated: 0, places: [] },
    { input: "s3://b/whole", verdict: "agrees", acknowledged: 7, held: 7, repeated: 0, places: [] },
  ],
};

test("all agrees", () => {
  expect(asTable(agreeing)).toMatchInlineSnapshot(`
    "2026-11-22T10:00Z to 2026-11-22T11:00Z · ingestion-logs up to 0:12000 1:345 (12 345 messages) · 1.3 s

    hour (UTC)  job  source   Kafka    Loki  missing  waiting  refused  doubled  unknown  forgotten
    all                      12 345  12 345        0        0        0        0        0          0

    producer: 0 inputs noted in this time, 0 of them wholly in Kafka

    Kafka and Loki agree
    "
  `);
  expect(statusOf(agreeing)).toBe(0);
});

test("differences, by source and hour and by name", () => {
  expect(asTable(differing)).toMatchInlineSnapshot(`
    "2026-11-22T10:00Z to 2026-11-22T11:00Z · ingestion-logs up to 0:12000 1:345 (12 345 messages) · 1.3 s

    hour (UTC)         job           source    Kafka    Loki  missing  waiting  refused  doubled  unknown  forgotten
    2026-11-22T10:00Z  kafka-logs    INVALID       5       4        1        0        0        0        0          0
    2026-11-22T10:00Z  kafka-logs    Efficy   12 000  12 001        0        0        0        1        0          0
    2026-11-22T10:00Z  kafka-rejets  rejets        9       7        2        0        0        0        0          0
    all                                       12 345  12 343        3        0        0        1        0          0

    missing in Loki: 3 messages
      ingestion-logs/1 offset 1 · 2026-11-22T10:00:00.000Z
      ingestion-logs-rejets/0 offset 3–4 · 2026-11-22T10:00:00.000Z to 2026-11-22T10:00:00.001Z · s3://b/k:3–9

    counted more than once by Loki: 1 message
      ingestion-logs/0 offset 7 · 2026-11-22T10:00:00.000Z · s3://b/k:8 · once in Kafka

    producer: 3 inputs noted in this time, 1 of them wholly in Kafka
      s3://b/k: 1 000 acknowledged, but Kafka holds 998
      s3://b/k: 3 records sent more than once (2–4)
      s3://b/old: 7 acknowledged; cannot be checked: Kafka no longer holds them all (2 left)

    Kafka and Loki differ; the producer's notes and Kafka differ
    "
  `);
  expect(statusOf(differing)).toBe(1);
});

test("what was sent again, and what Loki refused", () => {
  const report = {
    ...agreeing,
    before: differing.results,
    resent: { sent: 2, refused: new Map([["entry too far behind", 1]]) },
  };
  expect(asTable(report)).toContain(
    "\nsent again: 2 of 3 missing; missing now: 0\n  Loki refused 1: entry too far behind\n",
  );
  expect(JSON.parse(asJson(report))).toMatchObject({
    range: { from: "2026-11-22T10:00:00.000Z" },
    resent: { sent: 2, refused: { "entry too far behind": 1 } },
    before: { cells: [{ hour: "2026-11-22T10:00:00.000Z" }, {}, {}] },
  });
});

test("a long list is cut, and says so", () => {
  const runs = Array.from({ length: 25 }, (_, index) => ({
    ...differing.results.runs[1]!,
    offsets: [2 * index, 2 * index] as const,
  }));
  const text = asTable({ ...differing, results: { ...differing.results, runs } });
  expect(text.match(/offset \d+ /g)).toHaveLength(20);
  expect(text).toContain("missing in Loki: 25 messages");
  expect(text).toContain("… and 5 more lines; --format json has them all");
});

test.each([
  ["unknown", 1],
  ["waiting", 1],
  ["forgotten", 0],
  ["refused", 0],
] as const)("%s alone gives the status %i", (kind, status) => {
  expect(
    statusOf({ ...agreeing, results: { ...agreeing.results, total: { ...agreeing.results.total, [kind]: 1 } } }),
  ).toBe(status);
});

test.each(["lost", "agrees", "unchecked", "unnoted"] as const)(
  "an input's verdict %s counts only when records are lost",
  (verdict) => {
    const [input] = differing.inputs;
    expect(statusOf({ ...agreeing, inputs: [{ ...input!, verdict }] })).toBe(verdict === "lost" ? 1 : 0);
  },
);

import { expect, test } from "vitest";
import { config } from "../../../src/config.ts";
import { followMetrics } from "../../../src/producer/follow/metrics.ts";
import { judge } from "../../../src/producer/judging/judge.ts";
import { labelsKey, standing } from "../../../src/producer/judging/streams.ts";
import { ingest } from "../../../src/producer/run/ingest.ts";
import { count, emptyCounts } from "../../../src/producer/run/tally.ts";
import { inputOf, memorySink, rawLine } from "../records.ts";

const file = (name: string, sets: number, Etat = "SUCCESS") =>
  inputOf(Array.from({ length: sets }, (_, index) => rawLine({ Zone: `${name} ${index}`, Etat })).join("\n"), name);
const run = (memory: ReturnType<typeof memorySink>, ...inputs: ReturnType<typeof file>[]) =>
  ingest({ timestamps: "arrival", zone: "UTC", load: "x" }, { inputs, connect: async () => memory.sink });

test("six files, none beyond what one may bring, fill no Loki: together they bring 4000 streams, and known sets go on", async () => {
  const memory = memorySink();
  const files = ["a", "b", "c", "d", "e", "f"].map((name) => file(name, 1000));
  const outcome = await run(memory, ...files, file("a", 1, "FAILED"));
  // 4000 streams are 2000 sets of two states.
  expect(outcome).toMatchObject({ sent: { SUCCESS: 2000, FAILED: 1 }, rejected: 4000 });
  expect(new Set(memory.rejects().map(({ reason }) => reason))).toEqual(
    new Set([
      "no room for a further stream: 2000 sets of labels are known, from all inputs, and producer.maxStreams in src/config.ts is 4000; if they are meant, raise it",
    ]),
  );
});

test("sets that earlier runs brought count, those of a load by their day", () => {
  const limits = { maxSources: 200, maxLabelSets: 1000, maxStreams: 4 };
  const labels = { entreprise: "akonovia", zone: "1-Raw", source: "zohoprojects" };
  const decide = (timestamps: "arrival" | "event", streams: Map<string, boolean>) =>
    judge({ timestamps, zone: "UTC", load: "l", open: new Map(), now: Date.now, limits, streams });
  const kinds = (decided: ReturnType<typeof judge>, ...lines: string[]) =>
    lines.map((line, index) => decided("logs.json", { bytes: Buffer.from(line), position: index + 1 }).kind);
  const streams = new Map([
    [labelsKey(labels), true],
    [labelsKey({ ...labels, zone: "2" }), true],
  ]);
  expect(kinds(decide("arrival", streams), rawLine(), rawLine({ Zone: "3" }), rawLine({ Etat: "FAILED" }))).toEqual([
    "record",
    "reject",
    "record",
  ]);
  const ofLoad = new Map([[labelsKey(labels), true]]);
  const days = ["05-09-2025 10:00:00", "05-09-2025 11:00:00", "06-09-2025 10:00:00"].map((Fin) => rawLine({ Fin }));
  expect(kinds(decide("event", ofLoad), ...days)).toEqual(["record", "record", "reject"]);
  expect([...ofLoad]).toEqual([
    ["akonovia\n1-Raw\nzohoprojects", true],
    ["akonovia\n1-Raw\nzohoprojects\nl-2025-09-05", false],
  ]);
});

const [HOUR, DAY] = [3_600_000, 86_400_000];
test.each([
  ["e\nz\ns", 0, "fresh"],
  ["e\nz\ns", 4 * DAY, "old"],
  ["e\nz\ns", 7 * DAY, "old"],
  ["e\nz\ns", 7 * DAY + 1, "gone"],
  ["e\nz\ns\nlot", HOUR / 2, "fresh"],
  ["e\nz\ns\nlot", HOUR, "old"],
  ["e\nz\ns\nlot", HOUR + 1, "gone"],
])("%j, noted %i ms ago, is %s", (key, age, expected) => {
  expect(standing(key, age, config.producer)).toBe(expected);
});

test("a refusal for want of room is an illness for an hour, and a figure", async () => {
  let now = 0;
  const metrics = followMetrics(() => now);
  const memory = memorySink();
  await run(memory, file("a", 1000), file("b", 1000), file("c", 1));
  const counts = emptyCounts();
  for (const item of memory.items()) count(counts, item, { isNew: true });
  metrics.onBatch(counts);
  metrics.streams(4000);
  metrics.succeeded();
  expect(metrics.healthz()).toContain("producer.maxStreams");
  expect(await metrics.registry.metrics()).toContain('ingestion_producer_records_rejected_total{reason="streams"} 1\n');
  expect(await metrics.registry.metrics()).toContain("ingestion_producer_streams 4000\n");
  now = HOUR;
  metrics.moved();
  expect(metrics.healthz()).toBeUndefined();
});

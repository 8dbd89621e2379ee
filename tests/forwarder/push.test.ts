import { expect, test } from "vitest";
import { answerOf, selector } from "../../src/forwarder/push.ts";
import { kindOf, rejectOf } from "../../src/forwarder/refused.ts";
import { streamsOf } from "../../src/forwarder/streams.ts";

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const entry = (time: number, text = "x") => ({ time, line: Buffer.from(text) });

// What Loki 3.7.8 answered.
const TOO_FAR_BEHIND = `entry with timestamp 2026-11-21 05:21:26.345 +0000 UTC ignored, reason: 'entry too far behind, entry timestamp is: 2026-11-21T05:21:26Z, oldest acceptable timestamp is: 2026-11-22T05:21:26Z',
entry with timestamp 2026-11-21 17:21:26.345 +0000 UTC ignored, reason: 'entry too far behind, entry timestamp is: 2026-11-21T17:21:26Z, oldest acceptable timestamp is: 2026-11-22T05:21:26Z',
user 'fake', total ignored: 2 out of 4 for stream: {job="kafka-logs", source="old"}`;
const TOO_NEW = `entry for stream '{job="kafka-logs", source="old"}' has timestamp too new: 2026-11-23T05:32:26Z`;
const TOO_LONG = `max entry size '262144' bytes exceeded for stream '{job="kafka-logs", source="old"}' while adding an entry with length '300000' bytes`;
const LABEL = `stream '{job="kafka-logs", zone="z}z"}' has label value too long: 'z}z'`;

const OLDEST = "too far behind its stream's newest line, oldest acceptable timestamp is: 2026-11-22T05:21:26Z";
const BUSY = "Ingestion rate limit exceeded";
const BROKEN = "at least 1 live replicas required";
test.each([
  ["stored", 204, "", 4, { kind: "stored" }],
  ["the oldest refused", 400, TOO_FAR_BEHIND, 4, { kind: "refused", count: 2, reason: OLDEST }],
  ["one alone refused", 400, TOO_NEW, 1, { kind: "refused", count: 1, reason: TOO_NEW }],
  ["some of several refused", 400, TOO_NEW, 4, { kind: "partly", reason: TOO_NEW }],
  ["too busy", 429, BUSY, 4, { kind: "unknown", reason: `status 429: ${BUSY}` }],
  ["broken", 500, BROKEN, 4, { kind: "unknown", reason: `status 500: ${BROKEN}` }],
])("Loki's answer: %s", (_, status, text, count, answer) => {
  expect(answerOf({ status, text }, count)).toEqual(answer);
});

test("entries go to their streams, oldest first, and those that Loki may refuse alone", () => {
  const entries = [
    entry(NOW, "b"),
    entry(NOW + 6 * MINUTE, "future"),
    entry(NOW - 1, "a"),
    entry(NOW, "c"),
    entry(NOW, "y".repeat(262_145)),
    entry(NOW, "other"),
  ];
  const labelsOf = ({ line }: { line: Buffer }) => ({ source: line.toString() === "other" ? "s".repeat(2049) : "x" });
  const streams = streamsOf(entries, { labelsOf, now: NOW });
  const shown = streams.map(({ labels, parts }) => [
    labels.source?.length,
    parts.map((part) => part.map(({ line }) => line.toString().slice(0, 6))),
  ]);
  expect(shown).toEqual([
    [1, [["a", "b", "c"], ["yyyyyy"], ["future"]]],
    [2049, [["other"]]],
  ]);
});

test("a stream is cut into parts that Loki's gRPC takes", () => {
  const entries = Array.from({ length: 50 }, (_, index) => entry(NOW + index, "x".repeat(200_000)));
  const [stream] = streamsOf(entries, { labelsOf: () => ({ job: "j" }), now: NOW });
  expect(stream!.parts.flat()).toEqual(entries);
  for (const part of stream!.parts)
    expect(part.reduce((sum, { line }) => sum + line.length, 0)).toBeLessThan(4_000_000);
  expect(stream!.parts).toHaveLength(4);
});

test("labels are quoted as Loki reads them", () => {
  expect(selector({ job: "j", source: 'a"b\\c\n\u0007é' })).toBe('{job="j", source="a\\"b\\\\c\\n\\u0007é"}');
});

test.each([
  [TOO_LONG, "too_long", "max entry size '262144' bytes exceeded while adding an entry with length '300000' bytes"],
  [TOO_NEW, "ahead_of_time", "entry has timestamp too new: 2026-11-23T05:32:26Z"],
  [LABEL, "label", "has label value too long: 'z}z'"],
  ["too far behind its stream's newest line, …", "too_far_behind", "too far behind its stream's newest line, …"],
  ["something new", "other", "something new"],
])("a refusal in Loki's words is told in the reject and counted by its kind: %j", (reason, kind, refusal) => {
  expect(kindOf(reason)).toBe(kind);
  expect(
    JSON.parse(rejectOf({ entry: { ...entry(NOW, "line"), partition: 2, offset: "41" }, reason }).message),
  ).toEqual({
    reason: `Loki refused it: ${refusal}`,
    input: "kafka:ingestion-logs/2",
    line: 41,
    record: "line",
  });
});

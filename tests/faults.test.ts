import { expect, test } from "vitest";
import { documentOf } from "./live/faults/document.ts";
import { badLine, badMessage, normalisedRecord, numberOf, type Range, rawRecord } from "./live/faults/load.ts";
import type { Entry } from "./live/faults/loki.ts";
import type { Row } from "./live/faults/run.ts";
import { failures, spans } from "./live/faults/table.ts";
import { judge, shownIn } from "./live/faults/verdict.ts";

/** What the table's figures say of hand-made answers of Loki and Kafka. */
const entry = (line: string, labels: Entry["labels"]): Entry => ({ labels, line });
const run = (number: number) => entry(normalisedRecord(number), { job: "kafka-logs", etat: "SUCCESS" });
const invalid = (number: number) => entry(badMessage(number), { job: "kafka-logs", etat: "INVALID" });
const reject = (record: string) => entry(JSON.stringify({ reason: "r", line: 1, record }), { job: "kafka-rejets" });
const once = (...numbers: number[]) => [new Map(numbers.map((number) => [number, 1]))];
const sent = (fate: Range["fate"], count: number): Range[] => [{ first: 0, count, fate }];
async function* all(entries: readonly Entry[]) {
  yield* entries;
}
const clean = { lost: [], neverInKafka: 0, twice: 0, doubledInKafka: 0, refused: 0, falseRejects: 0 };

const thrice = [new Map([...once(0)[0]!, [1, 3]])];
const refused = [run(0), reject(normalisedRecord(1))];
test.each([
  ["nothing is wrong", sent("run", 3), [run(0), run(1), run(2)], 3, once(0, 1, 2), {}],
  ["a line that two pages show is one line", sent("run", 2), [run(0), run(1), run(1)], 2, once(0, 1), {}],
  ["one in Kafka only, one nowhere", sent("run", 3), [run(0)], 1, once(0, 1), { lost: [1, 2], neverInKafka: 1 }],
  ["Loki counts two twice", sent("run", 2), [run(0), run(1)], 4, [...once(0, 1), ...once(1), ...once(7)], { twice: 2 }],
  ["thrice in one topic", sent("run", 2), [run(0), run(1)], 2, thrice, { doubledInKafka: 2 }],
  ["a run only refused", sent("run", 1), [reject(rawRecord(0, 0))], 1, once(0), { lost: [0], falseRejects: 1 }],
  ["a bad line taken for a run is lost", sent("reject", 1), [run(0)], 1, once(0), { lost: [0] }],
  ["a bad message is to be INVALID", sent("invalid", 2), [invalid(0), run(1)], 2, once(0, 1), { lost: [1] }],
  ["what may be refused is", sent("run or reject", 2), refused, 2, once(0, 1), { refused: 1 }],
  ["a line that nobody sent", sent("run", 1), [run(0), reject("{ torn")], 2, once(0), { falseRejects: 1 }],
])("figures: %s", async (_, ranges, entries, counted, inKafka, figures) => {
  expect(judge(ranges, await shownIn(all(entries)), counted, inKafka)).toEqual({ ...clean, ...figures });
});

test("every form of a message carries its number, and every bad one is bad in its own way", () => {
  for (const number of [0, 7, 100, 1_234_567]) {
    const forms = [rawRecord(number, 0), normalisedRecord(number), badLine(number, 0), badMessage(number)];
    expect(forms.map(numberOf)).toEqual([number, number, number, number]);
  }
  const forms = new Set(Array.from({ length: 6 }, (_, number) => badLine(100 * number, 0).replace(/n\d{7}/, "")));
  expect(forms.size).toBe(6);
});

const quietRow: Row = {
  ...clean,
  fault: "kill-loki",
  collector: "forwarder",
  sent: 3,
  at: { kafka: 0.4, loki: 0.4 },
  catchUp: 1,
  ended: [],
  unfinished: false,
};

test("a row of the forwarder fails on what is lost or doubled, one of Promtail only on what never reached Kafka", () => {
  const bad = { ...quietRow, lost: [1], twice: 2 };
  expect(failures(quietRow)).toEqual([]);
  expect(failures(bad)).toEqual(["1 lost", "2 counted twice"]);
  expect(failures({ ...bad, collector: "promtail" })).toEqual([]);
  expect(failures({ ...bad, collector: "promtail", neverInKafka: 1 })).toHaveLength(1);
  expect(failures({ ...quietRow, unfinished: true })).toHaveLength(1);
  // What Loki alone lost is explained, not charged to the forwarder.
  expect(failures({ ...quietRow, fault: "flush-kill-loki", lost: [1] })).toEqual([]);
});

test("the document says what is not 0 and why, and what it cannot explain", () => {
  const row: Row = { ...quietRow, fault: "kill-collector", collector: "promtail" };
  const about = { records: 200_000, date: new Date(0), minutes: 1 };
  const [quiet, lossy, odd] = [
    [row],
    [{ ...row, lost: [1, 2] }],
    [{ ...row, collector: "forwarder" as const, twice: 7 }],
  ].map((rows) => documentOf(rows, about));
  expect(quiet).toContain("Every figure is 0.");
  expect(quiet).not.toContain("COLLECTOR=forwarder");
  expect(lossy).toMatch(
    /`kill -9` of the collector, promtail: 2 lost\n\nPromtail marks a Kafka offset[\s\S]*What to do: Choose `COLLECTOR=forwarder`/,
  );
  expect(odd).toContain("`kill -9` of the collector, forwarder: 7 counted twice\n\nThe cause is not known.");
});

test("lost numbers are told as spans", () => {
  expect(spans([1, 2, 3, 7, 9, 10])).toBe("1–3, 7, 9–10");
  expect(spans([1, 3, 5, 7], 2)).toBe("1, 3 and 2 more spans");
});

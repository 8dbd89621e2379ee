import { expect, test } from "vitest";
import { type Amounts, add, groupKey, groupOfEntry, slotOf } from "../../../src/tools/reconcile/amounts.ts";
import { compare } from "../../../src/tools/reconcile/compare.ts";
import { type Entry, entryKey } from "../../../src/tools/reconcile/entries.ts";
import { gathering } from "../../../src/tools/reconcile/results.ts";
import type { Sides } from "../../../src/tools/reconcile/sides.ts";
import { random } from "../../support/random.ts";

const start = Date.parse("2026-11-22T10:00Z");
const range = { from: start, to: start + 3 * 3_600_000 };
const entry = (source: string, time: number, line: string): Entry => ({
  labels: { job: "kafka-logs", source },
  time: start + time,
  line: Buffer.from(line),
});

type Options = Partial<Pick<Sides, "excuse" | "hasForgotten">>;

/** Kafka as a list of messages (offset = index), Loki as a list of lines that counts doubles. */
async function compared(messages: readonly Entry[], lines: readonly Entry[], options: Options = {}) {
  const passes: string[] = [];
  const inRange = (lines: readonly Entry[], { from, to }: typeof range) =>
    lines.filter(({ time }) => from <= time && time < to);
  const gathered = gathering();
  const sides: Sides = {
    found: gathered.found,
    excuse: () => undefined,
    hasForgotten: () => false,
    ...options,
    async messages(reading, each) {
      passes.push(reading);
      for (const [offset, { time, line, labels }] of messages.entries())
        each({
          place: { topic: "t", partition: 0, offset },
          time,
          bytes: line.length,
          entry: () => ({ labels, time, line }),
        });
    },
    async amounts(within, width) {
      const amounts: Amounts = new Map();
      for (const found of inRange(lines, within))
        add(
          amounts,
          { count: 1, bytes: found.line.length, times: found.time % 60_000 },
          { group: groupOfEntry(found), slot: slotOf(found.time, width) },
        );
      return amounts;
    },
    async entries(group, within) {
      const counted = new Map<string, number>();
      for (const found of inRange(lines, within))
        if (groupOfEntry(found) === groupKey(group))
          counted.set(entryKey(found), (counted.get(entryKey(found)) ?? 0) + 1);
      return counted;
    },
  };
  const comparison = await compare(sides, range);
  const { total, runs, cells } = gathered.results(comparison);
  return {
    passes,
    total,
    cells,
    runs: runs.map(({ kind, by, offsets: [first, last] }) => [kind, ...(by ? [by] : []), first, last]),
  };
}

const three = [entry("A", 0, "a"), entry("A", 1, "b"), entry("B", 61_000, "c")];

test("two equal sides take one reading", async () => {
  const { passes, total, cells, runs } = await compared(three, three);
  expect({ passes, total, cells, runs }).toEqual({
    passes: ["counting"],
    total: { kafka: 3, loki: 3, missing: 0, waiting: 0, refused: 0, doubled: 0, unknown: 0, forgotten: 0 },
    cells: [],
    runs: [],
  });
});

test("a lost line beside a doubled one of the same length, in the same minute", async () => {
  const { runs } = await compared(three, [three[1]!, three[1]!, three[2]!]);
  expect(runs).toEqual([
    ["doubled", "loki", 1, 1],
    ["missing", 0, 0],
  ]);
});

test("the same message twice in Kafka is one line to Loki: no difference, unless Loki counts it twice", async () => {
  const twice = [...three, three[0]!];
  expect((await compared(twice, three)).runs).toEqual([]);
  // Equal amounts are not looked into; here a lost message has the second looked into.
  expect((await compared([...twice, entry("A", 2, "d")], twice)).runs).toEqual([
    ["doubled", "kafka", 0, 0],
    ["missing", 4, 4],
  ]);
  expect((await compared(twice, [...twice, three[0]!])).runs).toEqual([["doubled", "loki", 0, 0]]);
});

test("what the collector has not read yet is waiting, what Loki refused is refused: neither is missing", async () => {
  const { runs, total } = await compared(three, [], {
    excuse: ({ offset }) => ([undefined, "refused", "waiting"] as const)[offset],
  });
  expect(runs).toEqual([
    ["missing", 0, 0],
    ["refused", 1, 1],
    ["waiting", 2, 2],
  ]);
  expect(total).toMatchObject({ missing: 1, refused: 1, waiting: 1 });
});

test("lines that no message explains are unknown, or forgotten once Kafka has deleted messages", async () => {
  const stray = [entry("A", 0, "stray"), entry("C", 7_200_000, "stray")];
  const expected = { kafka: 3, loki: 5, missing: 0, waiting: 0, refused: 0, doubled: 0 };
  const unknown = await compared(three, [...three, ...stray]);
  expect(unknown.total).toEqual({ ...expected, unknown: 2, forgotten: 0 });
  expect(unknown.cells.map(({ hour, source, unknown }) => [hour - start, source, unknown])).toEqual([
    [0, "A", 1],
    [7_200_000, "C", 1],
  ]);
  expect((await compared(three, [...three, ...stray], { hasForgotten: () => true })).total).toEqual({
    ...expected,
    unknown: 0,
    forgotten: 2,
  });
});

test("a line with other labels is another line", async () => {
  const relabelled = { ...three[0]!, labels: { ...three[0]!.labels, etat: "FAILED" } };
  expect((await compared(three, [relabelled, three[2]!])).total).toMatchObject({ missing: 2, unknown: 1 });
});

test("messages outside the range are not judged", async () => {
  const outside = [entry("A", -1, "before"), entry("A", 3 * 3_600_000, "after")];
  expect((await compared([...three, ...outside], three)).total).toMatchObject({ kafka: 3, missing: 0 });
});

test("any mixture is told apart, message by message", async () => {
  const next = random(7);
  const below = (most: number) => Math.floor(next() * most);
  for (let round = 0; round < 30; round++) {
    const messages = Array.from({ length: 400 }, (_, index) =>
      entry("ABC"[below(3)]!, below(6) * 1_800_000 + below(3000), `${index}`.repeat(1 + below(3))),
    );
    const fate = messages.map(() => ["kept", "kept", "kept", "lost", "twice"][below(5)]!);
    const lines = messages.flatMap((message, index) =>
      Array(["lost", "kept", "twice"].indexOf(fate[index]!)).fill(message),
    );
    const { runs } = await compared(messages, lines);
    const named = (kind: string) =>
      runs.filter(([found]) => found === kind).flatMap((run) => upTo(run.at(-2) as number, run.at(-1) as number));
    const expected = (wanted: string) => fate.flatMap((fate, index) => (fate === wanted ? [index] : []));
    expect(named("missing")).toEqual(expected("lost"));
    expect(named("doubled")).toEqual(expected("twice"));
  }
});

const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

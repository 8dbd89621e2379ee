import { expect, test } from "vitest";
import {
  emptyState,
  failureMessages,
  keep,
  knownStreams,
  labelsMessages,
  type State,
  type StateMessage,
  takeIn,
} from "../../../src/producer/state/fold.ts";
import { random } from "../../support/random.ts";

type Logged = StateMessage & { offset: number };

const objectValue = (holder: string, records: number, complete = false) =>
  JSON.stringify({
    holder,
    version: `v${records}`,
    records,
    position: records,
    sha256: "00",
    complete,
    from: { "ingestion-logs": { 0: records } },
  });
const fold = (messages: readonly StateMessage[]): State => {
  const state = emptyState();
  for (const message of messages) takeIn(state, message);
  return state;
};
const contents = ({ objects, failures }: State) => ({
  objects: new Map([...objects].map(([key, { state }]) => [key, state.records])),
  failures: new Map([...failures].toSorted()),
});

/**
 * A history of deliveries: batches of several inputs that open and close failures at random, and what is true at its
 * end.
 */
function history(seed: number) {
  const next = random(seed);
  const pick = (count: number) => Math.floor(next() * count);
  const log: Logged[] = [];
  const open = new Map<string, string>();
  const progress = new Map<string, number>();
  const append = (key: string, value: string | null) =>
    log.push({ offset: log.length, time: log.length, key, value: value ?? undefined });
  for (let batch = 0; batch < 40; batch++) {
    const input = `s3://b/${pick(4)}`;
    if (next() < 0.1) {
      progress.delete(input);
      append(input, null);
      continue;
    }
    const records = (progress.get(input) ?? 0) + 1 + pick(5);
    progress.set(input, records);
    const changes = Array.from({ length: pick(4) }, () => {
      const key = JSON.stringify(["e", "s", `o${pick(5)}`]);
      const fin = open.has(key) ? undefined : `2025-09-05T16:00:${String(batch).padStart(2, "0")}.000000Z`;
      if (fin === undefined) open.delete(key);
      else open.set(key, fin);
      return { key, fin };
    });
    append(input, objectValue("h", records));
    for (const { key, value } of failureMessages(changes)) append(key, value);
  }
  return { log, next, truth: { objects: progress, failures: new Map([...open].toSorted()) } };
}

/** What compaction may leave of a log: of each key always the last message, of the others any. */
function compacted(log: readonly Logged[], next: () => number): Logged[] {
  const last = new Map(log.map(({ key, offset }) => [key, offset]));
  return log.filter(({ key, offset }) => last.get(key) === offset || next() < 0.5);
}

test.each(Array.from({ length: 200 }, (_, seed) => seed))(
  "history %i: the fold of the topic, compacted or not, is what is true",
  (seed) => {
    const { log, next, truth } = history(seed);
    expect(contents(fold(log))).toEqual(truth);
    for (let round = 0; round < 5; round++) expect(contents(fold(compacted(log, next)))).toEqual(truth);
    // A tombstone is removed after a while, with all that it covers.
    const last = new Map(log.map((message) => [message.key, message]));
    expect(contents(fold(log.filter(({ key }) => last.get(key)?.value !== undefined)))).toEqual(truth);
  },
);

const claim = (time: number, holder: string, ttl = 15_000): StateMessage => ({
  time,
  key: "writer",
  value: JSON.stringify({ holder, ttl }),
});
const note = (time: number, holder: string): StateMessage => ({ time, key: "s3://b/a", value: objectValue(holder, 1) });

test.each<[string, StateMessage[], string | undefined]>([
  ["the first to claim", [claim(0, "a"), claim(1, "b")], "a"],
  ["the next one once it expired", [claim(0, "a"), claim(14_999, "b"), claim(15_000, "c")], "c"],
  ["the next one once it was released", [claim(0, "a"), claim(1, "a", 0), claim(1, "b")], "b"],
  ["who renews it", [claim(0, "a"), claim(10_000, "a"), claim(24_999, "b")], "a"],
  ["who notes progress", [claim(0, "a"), note(10_000, "a"), claim(24_999, "b")], "a"],
  ["not who notes progress without it", [claim(0, "a"), note(10_000, "b"), claim(15_000, "c")], "c"],
  ["who renews it late, if nobody came before", [claim(0, "a"), claim(20_000, "a"), claim(21_000, "b")], "a"],
  [
    "not who renews it after another came",
    [claim(0, "a"), claim(16_000, "b"), claim(16_001, "a"), note(16_002, "a")],
    "b",
  ],
  ["nobody whose message is broken", [{ time: 0, key: "writer", value: "{" }], undefined],
])("the lease is of %s", (_, messages, holder) => expect(fold(messages).leases.get("writer")?.holder).toBe(holder));

test("messages that are not of their shape are passed over", () => {
  const state = fold([
    note(1, "a"),
    { time: 2, key: "s3://b/a", value: '{"records":-1}' },
    { time: 3, key: '["e","s","o"]', value: "[]" },
  ]);
  expect([...state.objects.keys(), ...state.failures.keys()]).toEqual(["s3://b/a"]);
});

const shared = (time: number, holder: string, share: string, ttl = 15_000): StateMessage => ({
  time,
  key: share === "1/1" ? "writer" : `writer\n${share}`,
  value: JSON.stringify({ holder, ttl }),
});
const holders = (messages: readonly StateMessage[]) =>
  [...fold(messages).leases.values()].map(({ holder }) => holder).sort();

test.each<[string, StateMessage[], string[]]>([
  ["two shares of one number hold side by side", [shared(0, "a", "1/4"), shared(1, "b", "2/4")], ["a", "b"]],
  ["nobody holds all beside a share", [shared(0, "a", "1/4"), shared(1, "b", "1/1")], ["a"]],
  ["nobody holds a share beside all", [shared(0, "a", "1/1"), shared(1, "b", "3/4")], ["a"]],
  ["1/2 and 3/4 have inputs in common", [shared(0, "a", "1/2"), shared(1, "b", "3/4")], ["a"]],
  ["1/2 and 2/4 have none", [shared(0, "a", "1/2"), shared(1, "b", "2/4")], ["a", "b"]],
  ["2/2 and 3/3 have some", [shared(0, "a", "2/2"), shared(1, "b", "3/3")], ["a"]],
  [
    "an expired share is gone once another takes what it had, and does not come back",
    [shared(0, "a", "1/2"), shared(15_000, "b", "1/1"), note(15_001, "a")],
    ["b"],
  ],
])("%s", (_, messages, expected) => expect(holders(messages)).toEqual(expected));

test("complete states are let go of when there are many, the oldest first; what is not complete stays", () => {
  const state = emptyState();
  const noted = (records: number, complete: boolean) => ({
    time: records,
    state: JSON.parse(objectValue("h", records, complete)),
  });
  keep(state, "open", noted(1, false), 3);
  for (const [index, key] of ["a", "b", "a", "c", "d"].entries()) keep(state, key, noted(index, true), 3);
  expect([...state.objects.keys()].sort()).toEqual(["c", "d", "open"]);
});

test("labels are known while they are young, whatever other keys say", () => {
  const [DAY, KEY, LOT] = [86_400_000, "e\nz\ns", "e\nz\ns\nload-2025-09-05"];
  const seen = (keys: readonly string[], time: number): StateMessage[] =>
    labelsMessages(keys).map(({ key, value }) => ({ key, value, time }));
  const kept = { streamsKept: { value: (7 * DAY) / 1000, unit: "s" } } as const;
  const at = (time: number, ...more: StateMessage[]) =>
    knownStreams(fold([...seen([KEY, LOT], 1), ...more, note(time, "a")]), kept);
  expect(at(2)).toEqual({
    streams: new Map([
      [KEY, true],
      [LOT, true],
    ]),
    gone: [],
  });
  expect(at(DAY)).toEqual({ streams: new Map([[KEY, true]]), gone: [`labels\n${LOT}`] });
  expect(at(6 * DAY)).toEqual({ streams: new Map([[KEY, false]]), gone: [`labels\n${LOT}`] });
  expect(at(8 * DAY, ...seen([KEY], 7 * DAY))).toEqual({ streams: new Map([[KEY, true]]), gone: [`labels\n${LOT}`] });
  expect(at(2, { key: `labels\n${KEY}`, value: undefined, time: 1 })).toEqual({
    streams: new Map([[LOT, true]]),
    gone: [],
  });
  expect(fold(seen([KEY], 1)).objects.size).toBe(0);
});

test.each(["gestern", "", "2025-09-05", "2025-99-99T99:99:99.000000Z", "2025-09-05T16:45:27Z"])(
  "a failure at %j is passed over: no recovery could be measured from it",
  (fin) => {
    const key = '["e","s","o"]';
    expect([...fold([{ time: 1, key, value: JSON.stringify({ fin }) }]).failures]).toEqual([]);
    const at = "2025-09-05T16:45:27.000000Z";
    expect([...fold([{ time: 1, key, value: JSON.stringify({ fin: at }) }]).failures]).toEqual([[key, at]]);
  },
);

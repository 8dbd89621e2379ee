import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { openKeeper } from "../../../src/logql/server/keeper.ts";
import { startStore } from "../../../src/logql/server/server.ts";
import { app, held, journals, metrics, notes, ns, push } from "./support.ts";

const { folder, file } = journals();
const NOW = 1_800_000_000_000;
const now = () => NOW;

const batch = (name: string, times: readonly number[]) => ({
  owner: { tenant: "fake", labels: app(name) },
  entries: times.map((time) => [time, `${name} ${time}`] as const),
});
const upTo = (count: number, first = 0) => Array.from({ length: count }, (_, index) => first + index);

test("the oldest lines of all streams go when more come than the bound, and are counted and told of once a minute", async () => {
  const { messages, log } = notes();
  const keeper = await openKeeper({ maxLines: 10, now, log });
  keeper.accept([batch("a", upTo(6)), batch("b", upTo(6))]);
  const shown = () =>
    Object.fromEntries(keeper.holdings.streamsOf("fake").streams.map(({ labels, times }) => [labels.app, times]));
  expect(shown()).toEqual({ a: [1, 2, 3, 4, 5], b: [1, 2, 3, 4, 5] });
  keeper.accept([batch("c", [100, 101, 102])]);
  expect(shown()).toEqual({ a: [3, 4, 5], b: [2, 3, 4, 5], c: [100, 101, 102] });
  keeper.accept([batch("d", upTo(25, 1000))]);
  expect(shown()).toMatchObject({ a: [], b: [], c: [], d: upTo(10, 1015) });
  expect(keeper.figures()).toMatchObject({ lines: 10, lost: 2 + 3 + 25 });
  expect(messages).toEqual([]);
  keeper.sweep();
  keeper.sweep();
  expect(messages).toEqual([expect.stringMatching(/STORE_MAX_LINES/)]);
});

test("lines lost to the bound stand in /metrics, and are not lost again at a restart", async () => {
  const where = folder();
  const first = await startStore({ folder: where, maxLines: 3, now });
  await push(first, [
    { labels: app("a"), entries: upTo(5).map((index) => [ns(NOW + index), `line ${index}`] as const) },
  ]);
  expect(await metrics(first)).toMatch(/^store_lines_lost_total 2$/m);
  expect(await metrics(first)).toMatch(/^store_lines 3$/m);
  await first.close();
  const second = await startStore({ folder: where, maxLines: 3, now });
  const [stream] = await held(second, '{app="a"}', { now: NOW });
  expect(stream!.entries.map(([, line]) => line)).toEqual(["line 2", "line 3", "line 4"]);
  expect(await metrics(second)).toMatch(/^store_lines_lost_total 0$/m);
  await second.close();
});

test("lines older than the retention go, whichever comes first", async () => {
  let time = NOW;
  const keeper = await openKeeper({ retention: 60_000, now: () => time, log: notes().log });
  keeper.accept([batch("a", [0, 30e9, 59e9])]);
  time += 90_000;
  keeper.sweep();
  expect(keeper.holdings.streamsOf("fake").streams.map(({ times }) => times)).toEqual([[59e9]]);
  time += 90_000;
  keeper.sweep();
  expect(keeper.figures()).toMatchObject({ lines: 0, lost: 0, expired: 3 });
  expect(keeper.holdings.streamsOf("fake").streams).toEqual([]);
});

test("the journal is written anew when half of it is dead", async () => {
  const where = folder();
  const keeper = await openKeeper({ folder: where, maxLines: 100, now, log: notes().log });
  keeper.accept([batch("a", upTo(100))]);
  const full = statSync(file(where)).size;
  keeper.accept([batch("b", upTo(99, 1000))]);
  expect(keeper.figures()).toMatchObject({ lines: 100, journalLines: 199 });
  expect(statSync(file(where)).size).toBeGreaterThan(1.8 * full);
  keeper.accept([batch("b", [2000])]);
  expect(keeper.figures()).toMatchObject({ lines: 100, journalLines: 100, lost: 100 });
  expect(statSync(file(where)).size).toBeLessThan(1.2 * full);
  expect(keeper.figures().journalBytes).toBe(statSync(file(where)).size);
  keeper.accept([batch("b", [2001])]);
  keeper.close();
  const again = await openKeeper({ folder: where, maxLines: 100, now, log: notes().log });
  const [only, ...others] = again.holdings.streamsOf("fake").streams;
  expect([only!.labels.app, only!.times, others]).toEqual(["b", [...upTo(98, 1001), 2000, 2001], []]);
  again.close();
});

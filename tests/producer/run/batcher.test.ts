import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { batcher } from "../../../src/producer/run/batcher.ts";

const limits = { count: 3, bytes: 100, lingerMs: 200 };
type Named = { name: string; bytes: number };
/** Parcels that are lists. */
const lists = (deliver: (items: readonly Named[]) => Promise<void>) => () => {
  const items: Named[] = [];
  return { add: (item: Named) => void items.push(item), sealed: () => () => deliver(items) };
};
const item = (name: string, bytes = 10): Named => ({ name, bytes });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A delivery that stays under way until `finish`. */
function slowDelivery() {
  const log: string[] = [];
  const waiting: (() => void)[] = [];
  const deliver = (items: readonly Named[]) => {
    log.push(items.map(({ name }) => name).join(""));
    return new Promise<void>((resolve) => waiting.push(resolve));
  };
  const finish = async () => {
    waiting.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { log, deliver, finish };
}

test("batches are limited by count and by bytes, and keep the order", async () => {
  const log: string[] = [];
  const { push, close } = batcher(
    lists(async (items) => void log.push(items.map(({ name }) => name).join(""))),
    limits,
  );
  for (const each of [item("a"), item("b"), item("c"), item("d"), item("e", 85), item("f"), item("g", 500), item("h")])
    await push(each);
  await close();
  expect(log).toEqual(["abc", "de", "f", "g", "h"]);
});

test("one batch is under way while the next one fills, and a third one waits", async () => {
  const { log, deliver, finish } = slowDelivery();
  const { push } = batcher(lists(deliver), { ...limits, count: 1 });
  await push(item("a"));
  await push(item("b"));
  const third = push(item("c"));
  let free = false;
  third?.then(() => (free = true));
  await vi.advanceTimersByTimeAsync(0);
  expect([log, free]).toEqual([["a"], false]);
  await finish();
  expect([log, free]).toEqual([["a", "b"], true]);
});

test("what does not fill a batch goes after a moment", async () => {
  const { log, deliver } = slowDelivery();
  batcher(lists(deliver), limits).push(item("a"));
  await vi.advanceTimersByTimeAsync(199);
  expect(log).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(log).toEqual(["a"]);
});

test("a failed delivery stops all later ones and is thrown", async () => {
  const log: string[] = [];
  const { push, close } = batcher(
    lists(async ([first]) => {
      log.push(first?.name ?? "");
      throw new Error("Kafka is away");
    }),
    { ...limits, count: 1 },
  );
  await push(item("a"));
  await push(item("b"));
  await expect(push(item("c"))).rejects.toThrow("Kafka is away");
  await expect(close()).rejects.toThrow("Kafka is away");
  expect(log).toEqual(["a"]);
});

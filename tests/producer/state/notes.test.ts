import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { notes } from "../../../src/producer/state/notes.ts";

const MOMENT = 200;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

/** Notes whose writing stays under way until it is let go or fails. */
function slow(most = 16) {
  const log: number[][] = [];
  const under: Readonly<{ resolve(): void; reject(error: Error): void }>[] = [];
  const write = (items: readonly number[]) => {
    log.push([...items]);
    return new Promise<void>((resolve, reject) => under.push({ resolve, reject }));
  };
  const settle = async (error?: Error) => {
    const first = under.shift();
    if (error) first?.reject(error);
    else first?.resolve();
    await pass();
  };
  return { log, settle, ...notes(write, { most, lingerMs: MOMENT }) };
}

test("what comes within a moment is noted together, in order, and one note is under way", async () => {
  const { log, add, settle } = slow();
  await add(1);
  await pass(MOMENT - 1);
  await add(2);
  expect(log).toEqual([]);
  await pass(1);
  expect(log).toEqual([[1, 2]]);
  await add(3);
  await pass(MOMENT);
  await add(4);
  expect(log).toEqual([[1, 2]]);
  await settle();
  expect(log).toEqual([
    [1, 2],
    [3, 4],
  ]);
  await settle();
  await pass(MOMENT);
  expect(log).toHaveLength(2);
});

test("at the end all is noted at once, and that is waited for", async () => {
  const { log, add, settle, done } = slow();
  await add(1);
  let ended = false;
  const end = done().then(() => {
    ended = true;
  });
  await pass();
  expect([log, ended]).toEqual([[[1]], false]);
  await settle();
  await end;
  expect(vi.getTimerCount()).toBe(0);
});

test("of what is not noted, only so much may pile up", async () => {
  const { log, add, settle } = slow(2);
  await add(1);
  let free = false;
  const second = add(2).then(() => {
    free = true;
  });
  await pass();
  expect([log, free]).toEqual([[[1, 2]], false]);
  await settle();
  await second;
});

test("a note that failed is thrown by the next one and at the end, and nothing is written after it", async () => {
  const { log, add, settle, done } = slow();
  await add(1);
  await pass(MOMENT);
  await add(2);
  await settle(new Error("Kafka is away"));
  await expect(add(3)).rejects.toThrow("Kafka is away");
  await expect(done()).rejects.toThrow("Kafka is away");
  expect(log).toEqual([[1]]);
});

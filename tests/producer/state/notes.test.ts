import { expect, test } from "vitest";
import { notes } from "../../../src/producer/state/notes.ts";

const turn = () => new Promise(setImmediate);

/** Notes whose writing stays under way until it is let go or fails. */
function slow(most?: number) {
  const log: number[][] = [];
  const under: PromiseWithResolvers[] = [];
  type PromiseWithResolvers = { resolve(): void; reject(error: Error): void };
  const write = (items: readonly number[]) => {
    log.push([...items]);
    return new Promise<void>((resolve, reject) => under.push({ resolve, reject }));
  };
  const settle = async (error?: Error) => {
    const first = under.shift();
    if (error) first?.reject(error);
    else first?.resolve();
    await turn();
  };
  return { log, settle, ...notes(write, most) };
}

test("one note is under way; what comes meanwhile is noted together, in order", async () => {
  const { log, add, settle } = slow();
  await add(1);
  await turn();
  await add(2);
  await add(3);
  await turn();
  expect(log).toEqual([[1]]);
  await settle();
  expect(log).toEqual([[1], [2, 3]]);
  await add(4);
  await settle();
  expect(log).toEqual([[1], [2, 3], [4]]);
});

test("the end waits for the last note", async () => {
  const { add, settle, done } = slow();
  await add(1);
  await turn();
  await add(2);
  let ended = false;
  const end = done().then(() => {
    ended = true;
  });
  await settle();
  expect(ended).toBe(false);
  await settle();
  await end;
});

test("of what is not noted, only so much may pile up", async () => {
  const { log, add, settle } = slow(2);
  await add(1);
  await turn();
  await add(2);
  let free = false;
  const third = add(3).then(() => {
    free = true;
  });
  await turn();
  expect(free).toBe(false);
  await settle();
  expect([log, free]).toEqual([[[1], [2, 3]], false]);
  await settle();
  await third;
});

test("a note that failed is thrown by the next one and at the end, and nothing is written after it", async () => {
  const { log, add, settle, done } = slow();
  await add(1);
  await turn();
  await add(2);
  await settle(new Error("Kafka is away"));
  await expect(add(3)).rejects.toThrow("Kafka is away");
  await expect(done()).rejects.toThrow("Kafka is away");
  expect(log).toEqual([[1]]);
});

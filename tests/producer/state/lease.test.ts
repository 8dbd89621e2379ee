import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WHOLE } from "../../../src/producer/inputs/share.ts";
import { emptyState, takeIn } from "../../../src/producer/state/fold.ts";
import { lease } from "../../../src/producer/state/lease.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const sleep = (ms: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve, reject) => {
    setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => reject(new Error("aborted")));
  });

/** A topic in memory, whose clock is that of the test; a run that is cut off can neither write to it nor read it. */
function topic() {
  const log: { time: number; key: string; value: string }[] = [];
  const run = (holder: string) => {
    const state = emptyState();
    const link = { up: true };
    let read = 0;
    const claim = async (ttl: number) => {
      if (!link.up) throw new Error("out of reach");
      log.push({ time: Date.now(), key: "writer", value: JSON.stringify({ holder, ttl }) });
      return log.length - 1;
    };
    const until = async () => {
      if (!link.up) throw new Error("out of reach");
      while (read < log.length) takeIn(state, log[read++]!);
    };
    setInterval(() => link.up && until(), 50);
    return {
      ...lease({ holder, share: WHOLE, state, claim, until, now: () => Date.now(), sleep }),
      link,
      until,
      release: () => claim(0),
    };
  };
  return { log, run };
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const settled = async (promise: Promise<unknown>) => {
  let state = "pending";
  promise.then(
    () => (state = "done"),
    () => (state = "failed"),
  );
  await pass(0);
  return state;
};

test("the second waits until the first lets go, and says so, once a minute", async () => {
  const { run } = topic();
  const [a, b] = [run("a"), run("b")];
  await a.acquire(() => {});
  const waiting = vi.fn();
  const second = b.acquire(waiting);
  // The first renews all the while.
  await pass(59_000);
  expect(await settled(second)).toBe("pending");
  expect(waiting.mock.calls).toEqual([[0, "a"]]);
  await pass(120_000);
  expect(waiting.mock.calls).toEqual([
    [0, "a"],
    [60, "a"],
    [120, "a"],
  ]);
  await a.hold();
  await a.end();
  await a.release();
  await pass(20_000);
  expect(await settled(second)).toBe("done");
  await b.hold();
  await b.end();
});

test("one that is gone is waited for until its lease has expired", async () => {
  const { run } = topic();
  const [a, b] = [run("a"), run("b")];
  await a.acquire(() => {});
  await a.end();
  const second = b.acquire(() => {});
  await pass(14_000);
  expect(await settled(second)).toBe("pending");
  await pass(2000);
  expect(await settled(second)).toBe("done");
  await b.end();
});

test("one that was cut off does not send once another has taken over", async () => {
  const { run } = topic();
  const [a, b] = [run("a"), run("b")];
  await a.acquire(() => {});
  a.link.up = false;
  const second = b.acquire(() => {});
  await pass(9000);
  await a.hold();
  await pass(2000);
  // It cannot make sure, so it does not send either.
  await expect(a.hold()).rejects.toThrow("out of reach");
  await pass(10_000);
  expect(await settled(second)).toBe("done");
  a.link.up = true;
  // Its renewal comes too late, and does not count.
  await pass(6000);
  await expect(a.hold()).rejects.toThrow("Another ingestion has taken over");
  await b.hold();
  await Promise.all([a.end(), b.end()]);
});

test("one that was cut off goes on if nobody came", async () => {
  const { run } = topic();
  const a = run("a");
  await a.acquire(() => {});
  a.link.up = false;
  await pass(60_000);
  a.link.up = true;
  await expect(a.hold()).resolves.toBeUndefined();
  await a.end();
});

test("waiting ends when the run is interrupted", async () => {
  const { run } = topic();
  const [a, b] = [run("a"), run("b")];
  await a.acquire(() => {});
  const interrupted = new AbortController();
  const second = b.acquire(() => {}, interrupted.signal);
  second.catch(() => {});
  await pass(1000);
  interrupted.abort();
  await expect(second).rejects.toThrow("aborted");
  await a.end();
});

test("a claim for a thousand years keeps nobody out for more than a minute", async () => {
  const { log, run } = topic();
  log.push({ time: Date.now(), key: "writer", value: JSON.stringify({ holder: "hostile", ttl: 3e13 }) });
  const a = run("a");
  const acquired = a.acquire(() => {});
  await pass(59_000);
  expect(await settled(acquired)).toBe("pending");
  await pass(2_000);
  expect(await settled(acquired)).toBe("done");
  await a.end();
});

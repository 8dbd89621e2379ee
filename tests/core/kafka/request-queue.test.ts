import { createRequire } from "node:module";
import { afterEach, expect, test, vi } from "vitest";
import "../../../src/core/kafka/settings.ts";

const RequestQueue = createRequire(import.meta.url)("kafkajs/src/network/requestQueue");
const logger = { debug: () => {}, warn: () => {} };
const names = { clientId: "x", broker: "x" };
const queueOf = (maxInFlightRequests: number | null) =>
  new RequestQueue({ maxInFlightRequests, requestTimeout: 1000, ...names, logger, isConnected: () => true });
const request = (correlationId: number, sendRequest: () => void) => ({
  entry: { correlationId, resolve: () => {} },
  expectResponse: true,
  sendRequest,
});
const answer = (correlationId: number) => ({ correlationId, payload: null, size: 0 });

afterEach(() => {
  // In this order: the spy's original is the fake timer.
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("an answer with nothing pending sets no timer; what is over the limit in flight is sent by the next answer, and its timer has a length", () => {
  vi.useFakeTimers();
  const timer = vi.spyOn(globalThis, "setTimeout");
  const sent: number[] = [];
  const queue = queueOf(1);
  const push = (id: number) => queue.push(request(id, () => void sent.push(id)));
  push(1);
  queue.fulfillRequest(answer(1));
  expect([sent, timer.mock.calls]).toEqual([[1], []]);
  push(2);
  push(3);
  expect(sent).toEqual([1, 2]);
  expect(timer.mock.calls.map(([, length]) => length)).toEqual([expect.toSatisfy((length: number) => length > 0)]);
  queue.fulfillRequest(answer(2));
  expect(sent).toEqual([1, 2, 3]);
  queue.fulfillRequest(answer(3));
  vi.advanceTimersByTime(60_000);
  expect(timer).toHaveBeenCalledTimes(1);
});

test("what is throttled is sent once that is over", () => {
  vi.useFakeTimers();
  const sent: number[] = [];
  const queue = queueOf(null);
  queue.maybeThrottle(500);
  queue.push(request(1, () => void sent.push(1)));
  vi.advanceTimersByTime(400);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(sent).toEqual([1]);
});

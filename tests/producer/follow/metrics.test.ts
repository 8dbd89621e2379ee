import { expect, test } from "vitest";
import { followMetrics } from "../../../src/producer/follow/metrics.ts";

/** Metrics on clocks that the test sets, in seconds. */
function clocked(everyMs = 0) {
  const time = { wall: 0, cpu: 0 };
  return { time, metrics: followMetrics(() => time.wall * 1000, { everyMs, cpu: () => time.cpu }) };
}

test("an input that takes a minute of processor time without a byte or a record is told, others are not", () => {
  const { time, metrics } = clocked();
  time.cpu = 500;
  expect(metrics.healthz()).toBeUndefined();
  metrics.taking("bomb.json");
  time.cpu = 560;
  expect(metrics.healthz()).toBeUndefined();
  time.cpu = 561;
  expect(metrics.healthz()).toBe(
    "bomb.json has taken 61 s of processor time without a byte read or a record delivered; others wait: take it away.",
  );
  metrics.onBytes(1);
  expect(metrics.healthz()).toBeUndefined();
  time.cpu = 700;
  metrics.taking(undefined);
  time.cpu = 1000;
  expect(metrics.healthz()).toBeUndefined();
});

test("five minutes without anything are told, the pause between two looks aside", () => {
  const { time, metrics } = clocked(60_000);
  time.wall = 360;
  expect(metrics.healthz()).toBeUndefined();
  time.wall = 361;
  expect(metrics.healthz()).toBe("Nothing has moved for 361 s.");
  metrics.moved();
  expect(metrics.healthz()).toBeUndefined();
});

test("who waits for another is well, however long, and whatever ailed it before; unless even the waiting stops", () => {
  const { time, metrics } = clocked();
  metrics.failed("Kafka does not answer.");
  expect(metrics.healthz()).toBe("Kafka does not answer.");
  for (; time.wall < 3600; time.wall += 60) metrics.waiting();
  expect(metrics.healthz()).toBeUndefined();
  time.wall += 301;
  expect(metrics.healthz()).toMatch(/^Nothing has moved for /);
});

import { expect, test } from "vitest";
import { durationSeconds, formatInterval, parseDuration } from "../../src/core/durations.ts";

test("durations are read as Grafana, Loki and Prometheus write them", () => {
  const seconds = { "90s": 90, "5m": 300, "1h30m": 5400, "250ms": 0.25, "1d": 86_400 };
  expect(Object.keys(seconds).map(durationSeconds)).toEqual(Object.values(seconds));
  expect(["5", "", "5 min"].map(durationSeconds)).toEqual([undefined, undefined, undefined]);
  expect(["0", "-2h", "90s"].map(parseDuration)).toEqual([0, -7200, 90]);
  expect(() => parseDuration("5 min")).toThrow('"5 min" is no duration');
});

test("an interval is written in its largest unit, rounded down", () =>
  expect([90_000, 500, 7_200_000].map(formatInterval)).toEqual(["1m", "500ms", "2h"]));

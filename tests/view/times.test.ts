import { expect, test } from "vitest";
import { momentOf, stepOf } from "../../src/view/times.ts";

const NOW = Date.UTC(2026, 10, 27, 12);
const HOUR = 3_600_000;

test.each([
  ["now", NOW],
  ["now-6h", NOW - 6 * HOUR],
  ["now-90m", NOW - 1.5 * HOUR],
  ["now-7d", NOW - 168 * HOUR],
  ["now+1h", NOW + HOUR],
  ["1795780800000", NOW],
  ["2026-11-27T12:00:00Z", NOW],
  ["yesterday", undefined],
  ["now-6 hours", undefined],
])("the moment %s", (text, wanted) => expect(momentOf(text, NOW)).toBe(wanted));

// What a running Grafana chose for these panels over 1 h and 24 h: 340 pixels, 1 060 pixels, with and without a
// minimum.
test.each([
  [HOUR, 340, 0, 10_000],
  [HOUR, 1060, 0, 2000],
  [24 * HOUR, 340, 0, 300_000],
  [24 * HOUR, 1060, 0, 60_000],
  [24 * HOUR, 500, 300_000, 300_000],
  [HOUR, 500, 300_000, 300_000],
  [168 * HOUR, 120, 60_000, 3_600_000],
])("over %i ms on %i points, at least %i ms: a step of %i ms", (range, points, least, wanted) =>
  expect(stepOf({ from: NOW - range, to: NOW }, { points, least })).toBe(wanted),
);

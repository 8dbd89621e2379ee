import { describe, expect, test } from "vitest";
import { iso, rangeOf } from "../../../src/tools/reconcile/range.ts";

const limits = { settled: Date.parse("2026-11-23T10:41:12Z"), kept: Date.parse("2026-08-23T10:41:42Z") };
const printed = (flags: Parameters<typeof rangeOf>[0]) => {
  const { from, to } = rangeOf(flags, limits);
  return `${iso(from)} ${iso(to)}`;
};

describe("the range is of whole minutes that can be judged", () => {
  test.each([
    [{}, "2026-11-22T10:42Z 2026-11-23T10:41Z"],
    [{ last: "90m" }, "2026-11-23T09:12Z 2026-11-23T10:41Z"],
    [{ last: "7d" }, "2026-11-16T10:42Z 2026-11-23T10:41Z"],
    [{ from: "2026-11-22", to: "2026-11-23" }, "2026-11-22T00:00Z 2026-11-23T00:00Z"],
    [{ from: "2026-11-22T10:00", to: "2026-11-22T12:30:30" }, "2026-11-22T10:00Z 2026-11-22T12:30Z"],
    [{ from: "2026-11-22T10:00+02:00", to: "2026-11-22T09:00Z" }, "2026-11-22T08:00Z 2026-11-22T09:00Z"],
    [{ from: "2026-11-22T10:00:00.000Z", to: "2026-11-22T12:29:59.999Z" }, "2026-11-22T10:00Z 2026-11-22T12:29Z"],
    [{ to: "2026-11-22T09:00Z" }, "2026-11-21T09:00Z 2026-11-22T09:00Z"],
    // What may be on its way, and what Loki deletes, is left out.
    [{ from: "2026-11-23T10:00Z", to: "2027-01-01" }, "2026-11-23T10:00Z 2026-11-23T10:41Z"],
    [{ from: "2020-01-01", to: "2026-11-22" }, "2026-08-23T10:42Z 2026-11-22T00:00Z"],
  ])("%j", (flags, expected) => {
    expect(printed(flags)).toBe(expected);
  });
});

const TIME =
  "write a day of the calendar such as 2026-10-01, or a time such as 2026-10-01T06:00 (in UTC) or 2026-10-01T06:00:00Z.";
const LAST = "write a number of minutes, hours or days, such as 90m, 24h or 7d.";
test.each([
  [{ from: "yesterday" }, `--from is "yesterday"; ${TIME}`],
  [{ to: "2026-13-01" }, `--to is "2026-13-01"; ${TIME}`],
  [{ from: "2026-02-31" }, `--from is "2026-02-31"; ${TIME}`],
  [{ last: "a day" }, `--last is "a day"; ${LAST}`],
  [{ last: "0h" }, `--last is "0h"; ${LAST}`],
  [
    { last: "24h", to: "2026-11-22" },
    "--last and --from or --to were both given; choose the last hours, or a range of times.",
  ],
  [
    { from: "2026-11-22T10:00Z", to: "2026-11-22T09:00Z" },
    "There is no whole minute to judge from 2026-11-22T10:00Z to 2026-11-22T09:00Z: --from must come before --to, after 2026-08-23T10:41:42Z (Loki deletes what is older) and before 2026-11-23T10:41:12Z (what is younger may be on its way).",
  ],
])("%j is refused in one sentence", (flags, sentence) => {
  expect(() => rangeOf(flags, limits)).toThrow(sentence);
});

import { describe, expect, test } from "vitest";
import { daysBetween, observe, parts, periodOf } from "../../../src/tools/report/period.ts";

const at = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString().replace(":00.000Z", "Z");
const period = (from: string, to: string, zone = "Europe/Paris") => periodOf({ from, to, zone });

const WRITE =
  "write a day of the calendar such as 2026-10-01, or a time such as 2026-10-01T06:00 (in Europe/Paris) or 2026-10-01T06:00:00Z.";

describe("dates of the command", () => {
  test("days are days of the zone; instants are themselves", () => {
    const { from, to, label } = period("2026-10-01", "2026-11-01");
    expect([iso(from), iso(to), label]).toEqual(["2026-09-30T22:00Z", "2026-10-31T23:00Z", "2026-10-01_2026-11-01"]);
    const instants = period("2026-10-01T06:00:00Z", "2026-10-01T09:30+02:00");
    expect([iso(instants.from), iso(instants.to), instants.label]).toEqual([
      "2026-10-01T06:00Z",
      "2026-10-01T07:30Z",
      "2026-10-01T060000Z_2026-10-01T0930+0200",
    ]);
  });

  test("a time without a zone is one of the report's", () => {
    const { from, to } = period("2026-10-24T06:00", "2026-10-25T06:00:30");
    expect([iso(from), new Date(to).toISOString()]).toEqual(["2026-10-24T04:00Z", "2026-10-25T05:00:30.000Z"]);
  });

  test("a day that begins without its midnight begins at its first moment", () => {
    expect(iso(period("2026-09-06", "2026-09-07", "America/Santiago").from)).toBe("2026-09-06T04:00Z");
  });

  test.each([
    ["2026-02-30", "2026-03-01", `--from is "2026-02-30"; ${WRITE}`],
    ["2026-02-01", "2026-02-01T25:00:00Z", `--to is "2026-02-01T25:00:00Z"; ${WRITE}`],
    ["october", "2026-03-01", `--from is "october"; ${WRITE}`],
    [
      "2026-10-01",
      "2026-11-01T00:00:00.5Z",
      "--from 2026-10-01 and --to 2026-11-01T00:00:00.5Z must be whole seconds; leave fractions out.",
    ],
    [
      "2026-11-01",
      "2026-11-01",
      "--from 2026-11-01 must be before --to 2026-11-01, which is not part of the period itself.",
    ],
    [
      "2026-11-02",
      "2026-11-01",
      "--from 2026-11-02 must be before --to 2026-11-01, which is not part of the period itself.",
    ],
  ])("%s to %s is one sentence", (from, to, message) => expect(() => period(from, to)).toThrow(message));

  test.each(["Europe/Pariss", "+02:00", ""])("the zone %j is refused", (zone) =>
    expect(() => period("2026-10-01", "2026-11-01", zone)).toThrow(
      `--timezone is "${zone}", which is no known time zone; set it to an IANA name such as Europe/Paris or America/Montreal.`,
    ),
  );
});

describe("what can be seen of a period", () => {
  const october = period("2026-10-01", "2026-11-01", "UTC");
  const seen = (now: string) => {
    const { start, end, ...rest } = observe(october, { now: at(now), retentionSeconds: 92 * 86_400 });
    return [iso(start), iso(end), rest];
  };
  test.each([
    ["2026-11-01T00:00:00Z", "2026-10-01T00:00Z", "2026-11-01T00:00Z", false, false],
    ["2026-10-20T12:00:00.9Z", "2026-10-01T00:00Z", "2026-10-20T12:00Z", false, true],
    ["2026-09-20T12:00:00Z", "2026-10-01T00:00Z", "2026-10-01T00:00Z", false, true],
    ["2027-01-01T00:00:00Z", "2026-10-01T00:00Z", "2026-11-01T00:00Z", false, false],
    ["2027-01-10T09:59:59.1Z", "2026-10-10T10:00Z", "2026-11-01T00:00Z", true, false],
    ["2027-06-01T00:00:00Z", "2026-11-01T00:00Z", "2026-11-01T00:00Z", true, false],
  ])("at %s: from %s to %s", (now, start, end, expired, unfinished) =>
    expect(seen(now)).toEqual([start, end, { expired, unfinished }]),
  );
});

describe("windows", () => {
  test("days between two moments follow the zone, also over a clock change", () => {
    const days = daysBetween({ start: at("2026-10-24T10:00:00Z"), end: at("2026-10-27T00:00:00Z") }, "Europe/Paris");
    expect(days.map(iso)).toEqual([
      "2026-10-24T10:00Z",
      "2026-10-24T22:00Z",
      "2026-10-25T23:00Z",
      "2026-10-26T23:00Z",
      "2026-10-27T00:00Z",
    ]);
    expect(daysBetween({ start: 5000, end: 5000 }, "UTC")).toEqual([5000]);
  });

  test("parts cover the window without overlap, in whole seconds, none longer than the limit", () => {
    for (const limit of [1, 7, 3600, 2_595_600, 86_400 * 100, Number.POSITIVE_INFINITY]) {
      const window = { start: 1000, end: 1000 * 86_400 * (limit < 100 ? 0.01 : 80) };
      const found = parts(window, limit);
      expect([found[0]!.start, found.at(-1)!.end]).toEqual([window.start, window.end]);
      for (const [index, { start, end }] of found.entries()) {
        expect((end - start) / 1000).toBeGreaterThan(0);
        expect((end - start) / 1000).toBeLessThanOrEqual(limit);
        expect(start % 1000).toBe(0);
        if (index > 0) expect(start).toBe(found[index - 1]!.end);
      }
    }
    expect(parts({ start: 0, end: 744 * 3_600_000 }, 721 * 3600)).toHaveLength(2);
    expect(parts({ start: 0, end: 0 }, 10)).toEqual([]);
  });
});

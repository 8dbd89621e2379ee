import { describe, expect, test } from "vitest";
import { clock, secondsBetween } from "../../src/core/time.ts";

describe("wall times become UTC instants", () => {
  test.each([
    ["UTC", "05-09-2025 16:45:27.089917", "2025-09-05T16:45:27.089917Z"],
    ["UTC", "05-09-2025 16:45:27", "2025-09-05T16:45:27.000000Z"],
    ["UTC", "05-09-2025 16:45:27.5", "2025-09-05T16:45:27.500000Z"],
    ["UTC", "29-02-2024 23:59:59.999999", "2024-02-29T23:59:59.999999Z"],
    ["Europe/Paris", "05-09-2025 00:30:00", "2025-09-04T22:30:00.000000Z"],
    ["Europe/Paris", "05-01-2025 00:30:00", "2025-01-04T23:30:00.000000Z"],
    ["America/Montreal", "31-12-2025 20:00:00.1", "2026-01-01T01:00:00.100000Z"],
    ["Asia/Kolkata", "05-09-2025 16:45:27", "2025-09-05T11:15:27.000000Z"],
    // Until 1911 Paris was 9 min 21 s ahead, so a minute there is part of two UTC minutes.
    ["Europe/Paris", "01-01-1900 12:00:30", "1900-01-01T11:51:09.000000Z"],
  ])("%s: %s → %s", (zone, text, instant) => expect(clock(zone)(text)).toBe(instant));
});

describe("a clock change", () => {
  test.each([
    ["Europe/Paris", "30-03-2025 01:59:59.999999", "2025-03-30T00:59:59.999999Z"],
    ["Europe/Paris", "30-03-2025 02:00:00", undefined],
    ["Europe/Paris", "30-03-2025 02:59:59.999999", undefined],
    ["Europe/Paris", "30-03-2025 03:00:00", "2025-03-30T01:00:00.000000Z"],
    ["Europe/Paris", "26-10-2025 02:30:00.000001", "2025-10-26T00:30:00.000001Z"],
    ["Europe/Paris", "26-10-2025 03:00:00", "2025-10-26T02:00:00.000000Z"],
    ["America/Montreal", "09-03-2025 02:30:00", undefined],
    ["America/Montreal", "02-11-2025 01:30:00", "2025-11-02T05:30:00.000000Z"],
    ["America/Montreal", "02-11-2025 02:00:00", "2025-11-02T07:00:00.000000Z"],
    // By half an hour.
    ["Australia/Lord_Howe", "06-04-2025 01:45:00", "2025-04-05T14:45:00.000000Z"],
    ["Australia/Lord_Howe", "06-04-2025 02:00:00", "2025-04-05T15:30:00.000000Z"],
    ["Australia/Lord_Howe", "05-10-2025 01:59:00", "2025-10-04T15:29:00.000000Z"],
    ["Australia/Lord_Howe", "05-10-2025 02:15:00", undefined],
    ["Australia/Lord_Howe", "05-10-2025 02:45:00", "2025-10-04T15:45:00.000000Z"],
  ])("%s: %s → %s", (zone, text, instant) => expect(clock(zone)(text)).toBe(instant));
});

test.each([
  "",
  "31-02-2026 10:00:00",
  "29-02-2025 10:00:00",
  "00-01-2025 10:00:00",
  "01-13-2025 10:00:00",
  "05-09-2025 24:00:00",
  "05-09-2025 10:60:00",
  "05-09-2025 10:00:60",
  "05-09-2025 10:00:00.1234567",
  "05-09-2025 10:00:00.",
  "5-9-2025 10:00:00",
  "05/09/2025 10:00:00",
  "2025-09-05T10:00:00Z",
  "05-09-2025 10:00:00\n",
  "01-01-0000 00:00:00 ",
])("%j is no time", (text) => expect(clock("UTC")(text)).toBeUndefined());

test("the year stays within four digits in UTC", () => {
  expect(clock("Asia/Kolkata")("01-01-0000 00:00:00")).toBeUndefined();
  expect(clock("America/Montreal")("31-12-9999 23:00:00")).toBeUndefined();
});

test.each([
  ["2025-09-05T10:00:00.000001Z", "2025-09-05T10:00:00.000002Z", 0.000001],
  ["2025-09-05T10:00:00.900000Z", "2025-09-05T10:00:01.000000Z", 0.1],
  ["2025-09-05T10:00:00.089917Z", "2025-09-05T11:30:00.100000Z", 5400.010083],
  ["2025-09-05T10:00:01.000000Z", "2025-09-05T10:00:00.999999Z", -0.000001],
])("from %s to %s are %d s", (from, to, seconds) => expect(secondsBetween(from, to)).toBe(seconds));

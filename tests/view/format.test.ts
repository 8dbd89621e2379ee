import { describe, expect, test } from "vitest";
import { contrast, inkOn, readable } from "../../src/view/colors.ts";
import { display } from "../../src/view/display.ts";
import { formatted, moment, textOf } from "../../src/view/format.ts";

const says = (value: number, unit: string, decimals?: number) =>
  Object.values(formatted(value, { unit, decimals })).join("");

// Texts that a running Grafana 12.2 showed.
test.each([
  [1780, "short", "1.78 K"],
  [21, "short", "21"],
  [0.0117, "percentunit", "1.17%"],
  [0.993, "percentunit", "99.3%"],
  [1, "percentunit", "100%"],
  [0, "percentunit", "0%"],
  [216e6, "decbytes", "216 MB"],
  [24.06e6, "decbytes", "24.1 MB"],
  [1284, "s", "21.4 mins"],
  [246.6, "s", "4.11 mins"],
  [60, "s", "1 min"],
  [10.03, "s", "10.0 s"],
  [8.89, "s", "8.89 s"],
  [0.38, "s", "380 ms"],
  [0, "s", "0 s"],
  [4500, "s", "1.25 hours"],
])("%f %s is written %s", (value, unit, text) => expect(says(value, unit)).toBe(text));

test("decimals that are asked for, and a unit that is not known", () => {
  expect(says(3.26, "s", 1)).toBe("3.3 s");
  expect(says(5, "lengthkm")).toBe("5 lengthkm");
});

test("a moment in a time zone", () => {
  expect(moment(Date.UTC(2026, 10, 27, 11, 19, 27, 900), "UTC")).toBe("2026-11-27 11:19:27");
  expect(moment(Date.UTC(2026, 10, 27, 23, 30), "Europe/Paris")).toBe("2026-11-28 00:30:00");
});

describe("a value of a field", () => {
  const config = {
    unit: "s",
    noValue: "rien",
    thresholds: {
      steps: [
        { value: null, color: "green" },
        { value: 10, color: "red" },
      ],
    },
    mappings: [
      { type: "value", options: { FAILED: { color: "red", text: "échec" } } },
      { type: "range", options: { from: 100, to: null, result: { text: "long" } } },
      { type: "special", options: { match: "nan", result: { text: "indéfini" } } },
    ],
  };
  test.each([
    [9.99, { text: "9.99 s", color: "#73BF69" }],
    [10, { text: "10 s", color: "#F2495C" }],
    [250, { text: "long", color: "#F2495C" }],
    [Number.NaN, { text: "indéfini", color: "#73BF69" }],
    [null, { text: "rien", color: undefined }],
    ["FAILED", { text: "échec", color: "#F2495C" }],
    ["SUCCESS", { text: "SUCCESS", color: undefined }],
  ])("%s", (value, wanted) => {
    const shown = display(value, { type: "number", config });
    expect({ text: textOf(shown), color: shown.color }).toEqual(wanted);
  });
});

test("colours are made readable, and ink is chosen for them", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  for (const color of ["#73BF69", "#F2CC0C", "#F2495C"])
    for (const page of ["#ffffff", "#181b1f"])
      expect(contrast(readable(color, page), page)).toBeGreaterThanOrEqual(4.5);
  expect(inkOn("#FADE2A")).toBe("#111217");
  expect(inkOn("#1F60C4")).toBe("#ffffff");
});

import { describe, expect, test } from "vitest";
import { hidesBars } from "../../src/view/chart/bars.ts";
import { chartOf } from "../../src/view/chart.ts";
import { legendRows } from "../../src/view/legend.ts";
import { plotOf } from "../../src/view/plot.ts";
import { draw } from "../../src/view/svg.ts";
import { given, points } from "./frames.ts";

const HOUR = 3_600_000;

const black = { range: { from: 0, to: HOUR }, text: "#000", grid: "#000" };
const fixed = { color: { mode: "fixed", fixedColor: "#0010ff" } };

describe("series", () => {
  const sparse = { 0: 1, 60000: 2, 300000: 3 };
  const apart = { ...sparse, 60001: null };
  test.each([
    [undefined, apart],
    [true, sparse],
    [240_000, sparse],
    [180_000, apart],
  ])("are broken at a gap unless spanNulls (%s) joins it", (spanNulls, wanted) => {
    expect(plotOf([given("a", sparse, { spanNulls })]).lines[0]!.points).toEqual(points<number | null>(wanted));
  });
  test("that are stacked have a value wherever another one has", () => {
    const stacked = { drawStyle: "bars", stacking: { mode: "normal" } };
    const { lines } = plotOf([given("a", { 0: 1 }, stacked), given("b", { 60000: 2 }, stacked)]);
    expect(lines.map((line) => line.points)).toEqual([points({ 0: 1, 60000: 0 }), points({ 0: 0, 60000: 2 })]);
  });
  test("have an axis for each unit, side and label, with its thresholds", () => {
    const limit = { thresholds: { steps: [{ value: 60, color: "red" }] } };
    const { axes } = plotOf([
      given("a", sparse, { thresholdsStyle: { mode: "dashed" } }, { unit: "s", ...limit }),
      given("b", sparse, {}, { unit: "s", ...limit, custom: { axisPlacement: "right" } }),
      given("c", sparse, { thresholdsStyle: { mode: "dashed" } }, { unit: "s", ...limit }),
    ]);
    expect(axes.map(({ side, limits }) => [side, limits])).toEqual([
      ["left", [{ value: 60, color: "#F2495C", dashed: true }]],
      ["right", []],
    ]);
  });
  test("thinner than half a pixel are not drawn as bars", () => {
    const bars = plotOf([given("a", { 0: 1, 60000: 2 }, { drawStyle: "bars" })]);
    expect(hidesBars(bars, { width: 1000, range: { from: 0, to: 24 * HOUR } })).toBe(true);
    expect(hidesBars(bars, { width: 1000, range: { from: 0, to: HOUR } })).toBe(false);
    const wide = plotOf([given("a", { 0: 1, 900000: 2 }, { drawStyle: "bars", barWidthFactor: 0.9 })]);
    expect(hidesBars(wide, { width: 1000, range: { from: 0, to: 24 * HOUR } })).toBe(false);
  });
  test("let through what is behind their bars by as much as the panel says", () => {
    const bars = (custom: object) => {
      const plot = plotOf([given("a", sparse, { drawStyle: "bars", ...custom }, fixed)]);
      return (chartOf(plot, [], { ...black, width: 1000 }).series as { itemStyle: object }[])[0]!.itemStyle;
    };
    expect(bars({ fillOpacity: 80, lineWidth: 0 })).toEqual({ color: "rgba(0,16,255,0.8)" });
    expect(bars({ fillOpacity: 100, lineWidth: 1 })).toMatchObject({ borderColor: "#0010ff", borderWidth: 1 });
  });
  test.each([
    [{}, undefined, undefined],
    [{ max: 10 }, 10, 10],
    [{ custom: { axisSoftMax: 10 } }, 10, null],
  ])("end their axis (%j) where they must, and where the data do not go beyond", (config, below, beyond) => {
    const plot = plotOf([given("a", sparse, {}, config)]);
    const [axis] = chartOf(plot, [], { ...black, width: 1000 }).yAxis as {
      max?: number | ((data: object) => number | null);
    }[];
    const endFor = (max: number) => (typeof axis!.max === "function" ? axis!.max({ min: 0, max }) : axis!.max);
    expect([endFor(3), endFor(10), endFor(11)]).toEqual([below, below, beyond]);
  });
  test("count from whole number to whole number on an axis of counts", () => {
    const plot = plotOf([given("a", { 0: 1, 900000: 3 }, { drawStyle: "bars" }, { unit: "locale", decimals: 0 })]);
    const option = chartOf(plot, [], { ...black, width: 300 });
    const svg = draw({ title: "", description: "", width: 300, height: 300, option });
    const texts = [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, text]) => text!);
    expect(texts.filter((text) => /^\d$/.test(text))).toEqual(["0", "1", "2", "3"]);
  });
  test("stand in the legend in its order, each with its calculations", () => {
    const inSeconds = { unit: "s" };
    const plot = plotOf([given("a", { 0: 5, 1: 1 }, {}, inSeconds), given("b", { 0: 2, 1: 3 }, {}, inSeconds)]);
    const rows = (options: object) =>
      legendRows(plot, { displayMode: "table", calcs: ["lastNotNull", "max", "mean"], ...options }).map(
        ({ line, values }) => [line.name, ...values],
      );
    expect(rows({})).toEqual([
      ["a", "1 s", "5 s", "3 s"],
      ["b", "3 s", "3 s", "2.50 s"],
    ]);
    expect(rows({ sortBy: "Last *", sortDesc: true }).map(([name]) => name)).toEqual(["b", "a"]);
    expect(rows({ sortBy: "Max", sortDesc: true }).map(([name]) => name)).toEqual(["a", "b"]);
    const list = { sortBy: "Last *", sortDesc: true, displayMode: "list" };
    expect(rows(list).map(([name]) => name)).toEqual(["a", "b"]);
  });
  test("keep one colour by name", () => {
    const byName = { color: { mode: "palette-classic-by-name" } };
    const [both, alone] = [
      [given("a", sparse, {}, byName), given("b", sparse, {}, byName)],
      [given("b", sparse, {}, byName)],
    ].map((frames) => plotOf(frames).lines.at(-1)!.color);
    expect(both).toBe(alone);
  });
});

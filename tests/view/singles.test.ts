import { expect, test } from "vitest";
import { filledShares, singles } from "../../src/view/values.ts";
import { given, readPanel } from "./frames.ts";

test("bars are filled between their own limits, or those of all", () => {
  const bars = (config: object) =>
    filledShares(
      singles(readPanel({ type: "bargauge" }), [given("a", { 0: 25 }, {}, config), given("b", { 0: 100 }, {}, config)]),
    );
  expect(bars({ min: 0 })).toEqual([0.25, 1]);
  expect(bars({ min: 0, max: 50 })).toEqual([0.5, 1]);
});

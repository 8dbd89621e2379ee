import { describe, expect, test } from "vitest";
import { type ClassicCondition, evaluateClassic } from "../../src/alerting/classic.ts";
import { profileOf } from "../../src/alerting/profile.ts";
import { type ReduceMode, reduceValues } from "../../src/alerting/reduce.ts";
import { resampleValues } from "../../src/alerting/resample.ts";
import { applyThreshold } from "../../src/alerting/threshold.ts";
import { type Maybe, noData, number, series, type Value } from "../../src/alerting/values.ts";

const [old, pinned] = [profileOf("9.4"), profileOf("12.4")];
const of = (...values: Maybe[]) =>
  series(
    { source: "a" },
    values.map((value, index) => [index * 60_000, value]),
  );
const first = ([value]: readonly Value[]) => (value && "value" in value ? value.value : value);
const strict: ReduceMode = { kind: "strict" };
const drop: ReduceMode = { kind: "drop" };
const replace: ReduceMode = { kind: "replace", value: 7 };
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

describe("reduce", () => {
  const rows: [name: string, reducer: string, mode: ReduceMode, values: Maybe[], expected: Maybe][] = [
    ["last value", "last", strict, [1, 2, 3], 3],
    ["last value that is missing", "last", strict, [1, null], null],
    ["last value without non-numbers", "last", drop, [1, nan, inf], 1],
    ["last value replaced", "last", replace, [1, nan], 7],
    ["mean", "mean", strict, [1, 2, 6], 3],
    ["mean with NaN", "mean", strict, [1, nan], nan],
    ["mean with a missing value", "mean", strict, [1, null], nan],
    ["mean without non-numbers", "mean", drop, [1, null, 3], 2],
    ["mean of nothing left", "mean", drop, [nan, null], null],
    ["sum of nothing left", "sum", drop, [nan], 0],
    ["count of nothing left", "count", drop, [nan], 0],
    ["count counts non-numbers", "count", strict, [1, nan, null], 3],
    ["count after replacing", "count", replace, [nan, 1], 2],
    ["min", "min", strict, [3, -1, 2], -1],
    ["min with a missing value", "min", strict, [3, null], nan],
    ["max keeps an infinity", "max", strict, [3, inf], inf],
    ["max without non-numbers", "max", drop, [3, inf], 3],
    ["sum after replacing", "sum", replace, [1, inf, null], 15],
    ["median of an even number", "median", strict, [4, 1, 3, 2], 2.5],
    ["median beside an infinity", "median", strict, [1, Infinity, 2], 2],
    ["median of an infinity", "median", strict, [Infinity], Infinity],
    ["names in any case", "MEAN", strict, [2], 2],
  ];
  test.each(rows)("%s", (_, reducer, mode, values, expected) =>
    expect(first(reduceValues([of(...values)], reducer, mode))).toBe(expected),
  );

  test("a number stays as it is", () =>
    expect(reduceValues([number({}, 5)], "count", strict)).toEqual([number({}, 5)]));
  test("an unknown reducer is refused", () =>
    expect(() => reduceValues([of(1)], "p95", strict)).toThrow('the reducer "p95" is not supported'));
});

describe("threshold", () => {
  const rows: [type: string, params: number[], value: number, on94: number, on124: number][] = [
    ["gt", [10], 10, 0, 0],
    ["gt", [10], 10.1, 1, 1],
    ["lt", [5], 5, 0, 0],
    ["lt", [-5], -5.1, 1, 1],
    ["within_range", [2, 6], 2, 0, 0],
    ["within_range", [2, 6], 5.9, 1, 1],
    ["outside_range", [4, 8], 8, 0, 0],
    ["outside_range", [4, 8], 3.9, 1, 1],
    ["gt", [1e-7], 1e-8, 1, 0],
    ["gt", [5], nan, nan, 0],
    ["within_range", [2, 6], nan, nan, 0],
    ["outside_range", [2, 6], nan, 1, 0],
  ];
  test.each(rows)("%s %j of %d", (type, params, value, on94, on124) => {
    expect(first(applyThreshold([number({}, value)], { type, params }, old))).toBe(on94);
    expect(first(applyThreshold([number({}, value)], { type, params }, pinned))).toBe(on124);
  });
  test("gte came after 9.4", () => {
    expect(first(applyThreshold([number({}, 1)], { type: "gte", params: [1] }, pinned))).toBe(1);
    expect(() => applyThreshold([number({}, 1)], { type: "gte", params: [1] }, old)).toThrow(
      'Grafana 9.4 has no threshold "gte"',
    );
  });
  test("9.4 crosses series whose labels hold one another", () => {
    const values = [number({}, 3), number({ source: "a" }, 4)];
    const within = { type: "within_range", params: [2, 6] };
    expect(applyThreshold(values, within, old)).toHaveLength(4);
    expect(applyThreshold(values, within, pinned)).toHaveLength(2);
  });
  test("a missing value stays missing", () =>
    expect(first(applyThreshold([number({}, null)], { type: "gt", params: [0] }, pinned))).toBeNull());
});

describe("classic conditions", () => {
  const condition = (
    reducer: string,
    type: string,
    params: number[],
    operator = "and",
    of = "A",
  ): ClassicCondition => ({
    evaluator: { type, params },
    operator: { type: operator },
    query: { params: [of] },
    reducer: { type: reducer },
  });
  const ask = (conditions: ClassicCondition[], A: readonly Value[], B: readonly Value[] = []) =>
    first(evaluateClassic(conditions, (refId) => (refId === "A" ? A : B), old));

  const rows: [reducer: string, values: Maybe[], reduced: number][] = [
    ["avg", [1, nan, 3], 2],
    ["sum", [1, null, 3], 4],
    ["min", [3, 1], 1],
    ["max", [3, 1], 3],
    ["last", [1, 2, nan], 2],
    ["median", [1, 9, 2], 2],
    ["median", [4, 1, 3, 2], 2.5],
    ["median", [1, Infinity, 2], 2],
    ["count", [1, nan], 2],
    ["count_non_null", [1, nan], 1],
    ["diff", [5, 2], -3],
    ["diff_abs", [5, 2], 3],
    ["percent_diff", [-4, 2], 150],
    ["percent_diff_abs", [4, 2], 50],
    ["diff", [5], 0],
  ];
  test.each(rows)("%s of %j", (reducer, values, reduced) => {
    expect(ask([condition(reducer, "within_range", [reduced - 0.01, reduced + 0.01])], [of(...values)])).toBe(1);
    expect(ask([condition(reducer, "outside_range", [reduced - 0.01, reduced + 0.01])], [of(...values)])).toBe(0);
  });
  test("any series is enough", () => expect(ask([condition("last", "gt", [5])], [of(1), of(6)])).toBe(1));
  test("and, or", () => {
    expect(ask([condition("last", "gt", [5]), condition("last", "gt", [5], "and", "B")], [of(6)], [of(1)])).toBe(0);
    expect(ask([condition("last", "gt", [5]), condition("last", "gt", [5], "or", "B")], [of(6)], [of(1)])).toBe(1);
  });
  test("no data", () => expect(ask([condition("last", "gt", [5])], [noData])).toBeNull());
  test("a range in either order; a second parameter of others is none", () => {
    expect(ask([condition("last", "within_range", [7, 5])], [of(6)])).toBe(1);
    expect(ask([condition("last", "gt", [5, 0])], [of(1)])).toBe(0);
  });
  test("a range with one end is refused", () =>
    expect(() => ask([condition("last", "outside_range", [5])], [of(6)])).toThrow(
      'the threshold "outside_range" has 1 parameter; give it 2',
    ));
});

describe("resample", () => {
  const points = series({}, [[10_000, 1], [20_000, 3], [100_000, 8]]); // biome-ignore format: a row of points
  const ask = (downsampler: string, upsampler: string) => {
    const [value] = resampleValues([points], { window: "30s", downsampler, upsampler, from: 0, to: 120_000 });
    return value?.kind === "series" ? value.points.map(([, of]) => of) : value;
  };
  test("pads, fills back, leaves missing", () => {
    expect(ask("sum", "pad")).toEqual([null, 4, 3, 3, 8]);
    expect(ask("max", "backfilling")).toEqual([1, 3, 8, 8, 8]);
    expect(ask("last", "fillna")).toEqual([null, 3, null, null, 8]);
  });
  test("a window longer than the range is refused", () =>
    expect(() =>
      resampleValues([points], { window: "1h", downsampler: "sum", upsampler: "pad", from: 0, to: 60_000 }),
    ).toThrow("a resample's window of 1h is longer than its time range"));
});

import { describe, expect, test } from "vitest";
import { evaluateMath, union } from "../../src/alerting/math.ts";
import { type Labels, labelsOf, noData, number, scalar, series, type Value } from "../../src/alerting/values.ts";

const values = (variables: Record<string, readonly Value[]>) => (refId: string) => variables[refId] ?? [];
const one = (formula: string, a = 0, b = 0) => {
  const [result] = evaluateMath(formula, values({ A: [number({}, a)], B: [number({}, b)] }));
  return result && "value" in result ? result.value : result;
};
const a: Labels = { source: "a" };
const b: Labels = { source: "b" };

describe("formulas", () => {
  test.each<[string, number]>([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["10 - 4 - 3", 3],
    ["2 ** 3 ** 2", 64],
    ["-2 ** 2", 4],
    ["7 % 4", 3],
    ["-7 % 4", -3],
    ["1 / 0", Number.POSITIVE_INFINITY],
    ["0 / 0", Number.NaN],
    ["1 > 0 && 2 > 3", 0],
    ["1 > 0 || 2 > 3", 1],
    ["1 || 0 && 0", 1],
    ["!0", 1],
    ["!5", 0],
    ["1 + 1 == 2", 1],
    ["2 != 2", 0],
    ["0x10 + 010", 24],
    ["1e3", 1000],
    [".5 + 1.", 1.5],
    ["nan() || 0", 1],
    ["0 && nan()", 0],
    ["1 && nan()", Number.NaN],
    ["nan() > 1", Number.NaN],
    ["nan() == nan()", Number.NaN],
    ["abs(-3)", 3],
    ["log(1)", 0],
    ["round(2.5) + round(-2.5)", 0],
    ["round(0.49999999999999994)", 0],
    ["ceil(1.2) + floor(1.8)", 3],
    ["is_nan(nan()) + is_inf(inf()) + is_inf(infn()) + is_null(null()) + is_number(1)", 5],
    ["is_number(null()) + is_number(inf()) + is_nan(1)", 0],
    ["abs(null())", Number.NaN],
    ["(-1) ** inf()", 1],
  ])("%s = %d", (formula, expected) => expect(one(formula)).toBe(expected));

  test("a missing value stays missing", () => expect(one("null() + 1")).toBeNull());
  test("variables may be braced", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a formula
    expect(one("${A} * $B + $A", 2, 5)).toBe(12);
  });

  test.each(["$A>-5", "1 +", "(1", "1 2", "nope(1)", "abs(1, 2)", "$", "a = 1", "1 @ 2"])("%s is refused", (formula) =>
    expect(() => one(formula)).toThrow(/formula/),
  );
});

describe("labels", () => {
  const pairs = (left: readonly Value[], right: readonly Value[]) =>
    union(left, right).map(({ left, right, labels }) => [labelsOf(left), labelsOf(right), labels]);
  const n = (labels: Labels) => number(labels, 1);

  test("equal labels go together, others are dropped", () =>
    expect(pairs([n(a), n(b)], [n(b), n({ source: "c" })])).toEqual([[b, b, b]]));
  test("a subset goes with each of its supersets", () => {
    const wide = { source: "a", zone: "1" };
    expect(pairs([n(a), n(b)], [n(wide), n({ ...wide, zone: "2" })])).toEqual([
      [a, wide, wide],
      [a, { ...wide, zone: "2" }, { ...wide, zone: "2" }],
    ]);
  });
  test("no labels go with everything", () =>
    expect(pairs([n({})], [n(a), n(b)])).toEqual([
      [{}, a, a],
      [{}, b, b],
    ]));
  test("one value on each side is combined and loses its labels", () =>
    expect(pairs([n(a)], [n(b)])).toEqual([[a, b, {}]]));
  test("nothing on one side gives nothing", () => expect(pairs([], [n(a)])).toEqual([]));
  test("no data on one side is no data", () =>
    expect(evaluateMath("$A + $B", values({ A: [noData], B: [n(a), n(b)] }))).toEqual([noData]));

  test("a number meets a series at each point, two series at equal times only", () => {
    const left = series(a, [[0, 1], [60, 2], [120, null]]); // biome-ignore format: a row of points
    const right = series(a, [[60, 10], [120, 20], [180, 30]]); // biome-ignore format: a row of points
    const product = series(a, [[0, 10], [60, 20], [120, null]]); // biome-ignore format: a row of points
    const sum = series(a, [[60, 12], [120, null]]); // biome-ignore format: a row of points
    expect(evaluateMath("$A * $B", values({ A: [left], B: [number(a, 10)] }))).toEqual([product]);
    expect(evaluateMath("$A + $B", values({ A: [left], B: [right] }))).toEqual([sum]);
    expect(evaluateMath("1 + 1", values({}))).toEqual([scalar(2)]);
  });
});

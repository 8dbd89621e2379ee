import { describe, expect, test } from "vitest";
import type { Instance, State } from "../../../../src/alerting/states.ts";
import { labelKey, series } from "../../../../src/alerting/values.ts";
import {
  type Difference,
  differences,
  type Episode,
  episodesOf,
  type InstanceEpisodes,
  type Kind,
} from "../../../../src/tools/diff/effect/differences.ts";
import { type Answer, sayValues } from "../../../../src/tools/diff/effect/say-values.ts";
import { sayVerdicts } from "../../../../src/tools/diff/effect/say-verdicts.ts";

const minutes = (...pairs: readonly (readonly [number, number?])[]): readonly Episode[] =>
  pairs.map(([from, to]) => ({ from: from * 60, ...(to !== undefined && { to: to * 60 }) }));
const verdict = (episodes: readonly Episode[], kind: Kind = "fires"): InstanceEpisodes =>
  new Map(episodes.length > 0 ? [[`${kind} x`, { instance: "PowerBI", kind, episodes }]] : []);

describe("verdicts", () => {
  test("states become episodes: pending is quiet, and what is not said goes on", () => {
    const at = (minute: number, ...states: readonly (readonly [string, State])[]) => ({
      at: minute * 60,
      states: new Map(
        states.map(([source, state]) => {
          const labels = { source };
          return [labelKey(labels), { labels, state, reason: "", since: 0, evaluated: 0 } satisfies Instance];
        }),
      ),
    });
    const found = episodesOf([
      at(0, ["a", "Pending"]),
      at(1, ["a", "Alerting"]),
      at(2, ["b", "Normal"]),
      at(3, ["a", "Normal"], ["b", "Error"]),
      at(4, ["a", "Alerting"]),
    ]);
    expect([...found.values()]).toEqual([
      { instance: "a", kind: "fires", episodes: minutes([1, 3], [4]) },
      { instance: "b", kind: "error", episodes: minutes([3]) },
    ]);
  });

  test.each<[string, readonly Episode[], readonly Episode[], string | undefined, string?]>([
    ["same", minutes([1, 5]), minutes([1, 5]), undefined],
    ["lost", minutes([10, 15], [130]), [], "fired → stays quiet", "at 10m and 2h10m"],
    ["new", [], minutes([0]), "stayed quiet → fires", "at 0m"],
    ["often", minutes([1, 2], [3, 4], [5, 6]), [], "fired → stays quiet", "3 times, first at 1m"],
    ["later", minutes([15, 30]), minutes([20, 30]), "fires 5 min later", "15m → 20m"],
    ["earlier, to the end", minutes([15]), minutes([5]), "fires 10 min earlier", "15m → 5m"],
    ["a day later", minutes([75]), minutes([1560]), "fires 24h45m later", "75m → 26h"],
    ["longer", minutes([10, 15], [30, 35]), minutes([10, 20], [30, 40]), "stops firing 5 min later", "15m → 20m"],
    ["for ever", minutes([10, 15]), minutes([10]), "stops firing later", "15m → not by the end"],
    ["both ends", minutes([10, 15]), minutes([12, 18]), "fires at other times", "10m–15m → 12m–18m"],
    ["joined", minutes([10, 15], [20, 25]), minutes([10, 25]), "fires at other times", "10m–15m and 20m–25m → 10m–25m"],
  ])("%s", (_, before, after, what, when) => {
    const found = differences(verdict(before), verdict(after));
    expect(found).toEqual(what === undefined ? [] : [{ instance: "PowerBI", what, when }]);
  });

  test("an error is no alarm of the rule", () => {
    expect(differences(verdict(minutes([5])), verdict(minutes([5]), "error")).map(({ what }) => what)).toEqual([
      "told of no error → tells of an error",
      "fired → stays quiet",
    ]);
  });

  test("one line for each way, lost alarms first; at most four, three scenarios each, two instances each", () => {
    const one = (what: string, instance = "", when = "at 5m"): Difference => ({ what, instance, when });
    const all = (...found: readonly (readonly Difference[])[]) =>
      new Map(found.map((differences, index) => [`s${index + 1}`, differences]));
    expect(sayVerdicts(all([], [], []))).toEqual(["no scenario's verdict differs (3 judged)"]);
    const lost = one("fired → stays quiet");
    expect(
      sayVerdicts(all([one("a")], [one("a"), lost], [one("a")], [one("a")], [one("b")], [one("c")], [one("d")], [])),
    ).toEqual([
      "fired → stays quiet in 1 of 8 scenarios: “s2” (at 5m)",
      "a in 4 of 8 scenarios: “s1” (at 5m), “s2” (at 5m), “s3” (at 5m) and 1 more",
      "b in 1 of 8 scenarios: “s5” (at 5m)",
      "c in 1 of 8 scenarios: “s6” (at 5m)",
      "something else in 1 of 8 scenarios",
    ]);
    const several = [one("a", "y"), one("a", "x"), one("a", "z", "at 6m"), one("a", "", "at 7m")];
    expect(sayVerdicts(all(several))).toEqual(["a in 1 of 1 scenarios: “s1” (x and y at 5m; z at 6m; 1 more)"]);
    expect(sayVerdicts(all([one("a", "x"), one("a"), one("a", "y")]))).toEqual([
      "a in 1 of 1 scenarios: “s1” (3 instances at 5m)",
    ]);
  });
});

describe("values", () => {
  const answer = (kind: "instant" | "range", values: Readonly<Record<string, readonly number[]>>): Answer => ({
    kind,
    series: Object.entries(values).map(([source, points]) =>
      series(
        source === "" ? {} : { source },
        points.map((value, index) => [index, value] as const),
      ),
    ),
  });
  const say = (from: Answer, to: Answer, unit?: string, name = "") =>
    sayValues(name, { from, to }, { units: { from: unit, to: unit }, place: "the sample" });

  test("one value, in its unit, with as many digits as it takes", () => {
    expect(say(answer("instant", { "": [71] }), answer("instant", { "": [70] }))).toEqual([
      "value on the sample: 71 → 70",
    ]);
    expect(say(answer("instant", { "": [1 / 72] }), answer("instant", { "": [1 / 71] }), "percentunit")).toEqual([
      "value on the sample: 1.389 % → 1.408 %",
    ]);
    expect(say(answer("instant", { "": [1.000001] }), answer("instant", { "": [1.000002] }), "s")).toEqual([
      "value on the sample: 1.000001 s → 1.000002 s",
    ]);
    expect(say(answer("instant", { "": [177_000_000] }), answer("instant", {}), "decbytes", "query B")).toEqual([
      "value of query B on the sample: 177 MB → none",
    ]);
    expect(say(answer("instant", { "": [1] }), answer("instant", { "": [1 + 1e-12] }))).toEqual([]);
  });

  test("series by name, those that changed", () => {
    const from = answer("instant", { b: [1], a: [1], c: [1] });
    expect(say(from, answer("instant", { c: [1], a: [2], d: [5] }))).toEqual([
      "value on the sample: a 1 → 2, b 1 → none, d none → 5",
    ]);
  });

  test("curves by their largest, last, number of points, shape", () => {
    const from = answer("range", { a: [1, 5, 2], b: [1, 3, 3] });
    expect(say(from, answer("range", { a: [1, 6, 2], b: [2, 3, 3] }))).toEqual([
      "largest value on the sample: a 5 → 6; other points of 1 more",
    ]);
    expect(say(from, answer("range", { a: [1, 5, 3], b: [1, 3, 3] }))).toEqual(["last value on the sample: a 2 → 3"]);
    expect(say(from, answer("range", { a: [5, 2], b: [1, 3, 3] }), "s")).toEqual([
      "number of points on the sample: a 3 → 2",
    ]);
    expect(say(from, answer("range", { a: [2, 5, 2], b: [1, 3, 3] }))).toEqual([
      "other points on the sample, with the same largest and last ones (1 series)",
    ]);
    expect(say(from, from)).toEqual([]);
  });

  test("lines", () => {
    const lines = (...found: readonly string[]): Answer => ({ kind: "lines", lines: found });
    expect(say(lines("a", "b"), lines("b", "a"))).toEqual([]);
    expect(say(lines("a"), lines("b"))).toEqual(["as many lines on the sample (1), with other labels or text"]);
    expect(say(lines("a"), answer("instant", { a: [1], b: [2] }))).toEqual(["answer on the sample: 1 line → 2 series"]);
  });
});

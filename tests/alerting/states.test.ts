import { describe, expect, test } from "vitest";
import { profileOf } from "../../src/alerting/profile.ts";
import { failedResults, type Result, resultsOf } from "../../src/alerting/results.ts";
import { type JudgedRule, judgedRule } from "../../src/alerting/rule.ts";
import { evaluated, type Instances, printState } from "../../src/alerting/states.ts";
import { noData, number, scalar, series, type Value } from "../../src/alerting/values.ts";
import { query } from "./rules.ts";

const last = { refId: "B", datasourceUid: "__expr__", model: { type: "reduce", expression: "A", reducer: "last" } };
const rule = (fields: object = {}): JudgedRule =>
  judgedRule.parse({ condition: "B", data: [query, last], noDataState: "OK", ...fields });

type StatesByName = Readonly<Record<string, Result["state"]>>;
const instanceOf = (name: string) => (name === "" ? {} : { source: name });
const NO_DATA: readonly Result[] = [{ labels: { datasource_uid: "Loki", ref_id: "A" }, state: "NoData" }];

/** One evaluation a minute; each prints what it says of every instance. */
function timeline(
  version: string,
  of: JudgedRule,
  evaluations: readonly (StatesByName | readonly Result[])[],
): string[] {
  let instances: Instances = new Map();
  return evaluations.map((results, minute) => {
    const given = Array.isArray(results)
      ? results
      : Object.entries(results as StatesByName).map(([name, state]) => ({ labels: instanceOf(name), state }));
    const at = { rule: of, profile: profileOf(version), now: minute * 60, interval: 60 };
    const after = evaluated(instances, given, at);
    instances = after.instances;
    return [...after.states.values()]
      .map((instance) => `${Object.values(instance.labels).join("/")}: ${printState(instance)}`)
      .join(", ");
  });
}
const ofA = (...states: readonly string[]) => states.map((state) => `a: ${state}`);
const high = { a: "Alerting" } as const;
const low = { a: "Normal" } as const;
const other = { b: "Normal" } as const;

describe.each(["9.4", "12.4"])("the state machine of %s", (version) => {
  test("fires at once without for", () =>
    expect(timeline(version, rule(), [low, high, low])).toEqual(["a: Normal", "a: Alerting", "a: Normal"]));
  test("is pending for `for`, counted from the first alerting evaluation", () =>
    expect(timeline(version, rule({ for: "2m" }), [high, high, high, high])).toEqual(
      ofA("Pending", "Pending", "Alerting", "Alerting"),
    ));
  test("a normal evaluation starts `for` anew", () =>
    expect(timeline(version, rule({ for: "2m" }), [high, high, low, high, high, high])).toEqual(
      ofA("Pending", "Pending", "Normal", "Pending", "Pending", "Alerting"),
    ));
  test("an error is a state of its own", () =>
    expect(timeline(version, rule(), [low, failedResults("Loki", "A"), low])[1]).toContain("Loki/A: Error"));
  test("NoData as such has no text", () =>
    expect(timeline(version, rule({ noDataState: "NoData" }), [NO_DATA])).toEqual(["Loki/A: null"]));
  test("NoData as alerting waits too", () =>
    expect(timeline(version, rule({ noDataState: "Alerting", for: "1m" }), [NO_DATA, NO_DATA])).toEqual([
      "Loki/A: Pending (NoData)",
      "Loki/A: Alerting (NoData)",
    ]));
  test("a missing value is NoData of its instance", () =>
    expect(timeline(version, rule(), [{ a: "NoData", b: "Alerting" }])).toEqual(["a: Normal (NoData), b: Alerting"]));
});

describe("what versions do differently", () => {
  const vanishes = [{ ...high, ...other }, other, other, other];
  test.each([
    ["9.4", "says nothing", "b: Normal"],
    ["12.4", "keeps it", "b: Normal, a: Alerting"],
  ])("a vanished series: %s %s, then resolves", (version, _, between) =>
    expect(timeline(version, rule(), vanishes)).toEqual([
      "a: Alerting, b: Normal",
      between,
      "b: Normal, a: Normal (MissingSeries)",
      "b: Normal",
    ]),
  );
  test("no series at all: 9.4 has an instance for it", () =>
    expect(timeline("9.4", rule(), [high, NO_DATA, NO_DATA, high])).toEqual([
      "a: Alerting",
      "Loki/A: Normal (NoData)",
      "Loki/A: Normal (NoData), a: Normal (MissingSeries)",
      "a: Alerting",
    ]));
  test("no series at all: in 12.4 every instance is normal at once", () =>
    expect(timeline("12.4", rule(), [high, NO_DATA, NO_DATA, high])).toEqual(
      ofA("Alerting", "Normal (NoData)", "Normal (NoData)", "Alerting"),
    ));
  test("no series at all, as alerting: in 12.4 every instance alerts", () =>
    expect(timeline("12.4", rule({ noDataState: "Alerting" }), [low, NO_DATA])).toEqual(
      ofA("Normal", "Alerting (NoData)"),
    ));
  test("an error that counts as OK leaves every instance of 12.4 normal", () =>
    expect(timeline("12.4", rule({ execErrState: "OK" }), [high, failedResults("Loki", "A")])).toEqual(
      ofA("Alerting", "Normal (Error)"),
    ));
  test("the instance of an error is resolved one evaluation after it in 12.4, two in 9.4", () => {
    expect(timeline("12.4", rule(), [failedResults("Loki", "A"), low])[1]).toBe(
      "a: Normal, Loki/A: Normal (MissingSeries)",
    );
    expect(timeline("9.4", rule(), [failedResults("Loki", "A"), low, low])).toEqual([
      "Loki/A: Error",
      "a: Normal",
      "a: Normal, Loki/A: Normal (MissingSeries)",
    ]);
  });
  test("keepFiringFor: 12.4 recovers slowly, and fires again without waiting; 9.4 does not know it", () => {
    const evaluations = [high, high, low, low, high, low, low, low];
    const slow = rule({ for: "1m", keepFiringFor: "2m" });
    expect(timeline("12.4", slow, evaluations)).toEqual(
      ofA("Pending", "Alerting", "Recovering", "Recovering", "Alerting", "Recovering", "Recovering", "Normal"),
    );
    expect(timeline("9.4", slow, evaluations).slice(0, 5)).toEqual(
      ofA("Pending", "Alerting", "Normal", "Normal", "Pending"),
    );
  });
});

describe("results of one evaluation", () => {
  const ask = (A: readonly Value[], B: readonly Value[], version = "9.4") =>
    resultsOf(rule(), new Map(Object.entries({ A, B })), profileOf(version));
  const some = [series({}, [[0, 1]])];

  test("0 is normal, all else fires, a missing value is NoData", () =>
    expect(
      ask(some, [number({ source: "a" }, 0), number({ source: "b" }, Number.NaN), number({ source: "c" }, null)]),
    ).toEqual([
      { labels: { source: "a" }, state: "Normal" },
      { labels: { source: "b" }, state: "Alerting" },
      { labels: { source: "c" }, state: "NoData" },
    ]));
  test("one refId without data is NoData of all", () => {
    expect(ask([noData], [noData])).toEqual([
      { labels: { datasource_uid: "Loki", ref_id: "A" }, state: "NoData" },
      { labels: { datasource_uid: "__expr__", ref_id: "B" }, state: "NoData" },
    ]);
    expect(ask([noData], [noData], "12.4")).toEqual([
      { labels: { datasource_uid: "Loki", ref_id: "A" }, state: "NoData" },
    ]);
    expect(ask(some, [], "12.4")).toEqual([{ labels: {}, state: "NoData" }]);
    expect(ask(some, [])).toEqual([{ labels: { datasource_uid: "__expr__", ref_id: "B" }, state: "NoData" }]);
  });
  test("equal labels twice, or a series, are an error", () => {
    expect(ask(some, [number({}, 1), number({}, 0)])).toEqual([{ labels: {}, state: "Error" }]);
    expect(ask(some, some)).toEqual([{ labels: {}, state: "Error" }]);
  });
  test("a scalar has no labels", () => expect(ask(some, [scalar(1)])).toEqual([{ labels: {}, state: "Alerting" }]));
});

import { describe, expect, test } from "vitest";
import { isAligned } from "../../src/alerting/answers.ts";
import { type Case, parseCase } from "../../src/alerting/case.ts";
import { evaluateChain } from "../../src/alerting/expressions.ts";
import { lokiQuery, stepOf } from "../../src/alerting/loki-query.ts";
import { profileOf } from "../../src/alerting/profile.ts";
import type { JudgedQuery } from "../../src/alerting/rule.ts";
import { shiftOf } from "../../src/alerting/shift.ts";
import { series } from "../../src/alerting/values.ts";
import { verdictOf } from "../../src/alerting/verdict.ts";
import { caseOf, query } from "./rules.ts";

const expression = (model: object) => ({ refId: "C", datasourceUid: "__expr__", model });
const pinned = profileOf("12.4");

describe("a case", () => {
  const faults: [unknown, string][] = [
    [caseOf({ t0: "yesterday" }), "f.json is no case: t0: "],
    [caseOf({ to: 0 }), "f.json is no case: to: must be after from"],
    [
      caseOf({}, [expression({ type: "sql" })]),
      'f.json is no case: rule.data.0.model.type: the expression type "sql" is not supported; use one of reduce, threshold, math, resample, classic_conditions',
    ],
    [
      caseOf({ rule: { condition: "A", data: [query], noDataState: "KeepLast" } }),
      "f.json is no case: rule.noDataState: ",
    ],
    [
      caseOf({ rule: { condition: "Z", data: [query] } }),
      "f.json is no case: rule.condition: is the refId of nothing in data",
    ],
    [[], "f.json is no case: it: "],
  ];
  test.each(faults)("%#: its fault is one sentence", (given, message) =>
    expect(() => parseCase(given, "f.json")).toThrow(message),
  );
});

describe("what Grafana asks Loki", () => {
  const asked = (model: object, from = 600, to = 0) =>
    lokiQuery(
      {
        kind: "query",
        refId: "A",
        datasourceUid: "Loki",
        relativeTimeRange: { from, to },
        model: { expr: "x", queryType: "range", intervalMs: 60_000, ...model },
      } as JudgedQuery,
      pinned,
    );

  test("the step is the interval, unless that gives more than 11 000 points", () => {
    expect(stepOf(600, { intervalMs: 60_000, resolution: 1 })).toBe(60_000);
    expect(stepOf(600, { intervalMs: 60_000, resolution: 5 })).toBe(300_000);
    expect(stepOf(86_400, { intervalMs: 1000, resolution: 1 })).toBe(7855);
    expect(asked({ resolution: 7 }).step).toBe(60_000);
  });
  test("variables are filled in", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's variables
    expect(asked({ expr: "[$__interval] [${__range}] $__range_ms $__interval_ms $__range_s" }).expr).toBe(
      "[1m] [600s] 600000 60000 600",
    );
  });
  test("$__auto is the step of a range, and the whole range of an instant", () => {
    expect(asked({ expr: "[$__auto]", queryType: "range" }).expr).toBe("[1m]");
    expect(asked({ expr: "[$__auto]", queryType: "instant" }).expr).toBe("[600s]");
  });
  test("a query without a type is a range", () =>
    expect(parseCase(caseOf({}, [{ ...query, model: { expr: "x" } }]), "f").rule.data[0]).toMatchObject({
      model: { queryType: "range", intervalMs: 1000 },
    }));
});

describe("the chain", () => {
  const chain = (data: unknown[], version = "12.4") =>
    evaluateChain(parseCase(caseOf({}, data), "f").rule, () => [series({ source: "a" }, [[0, 5]])], {
      profile: profileOf(version),
      now: 0,
    });

  test("an instant query gives numbers in 12.4, series before", () => {
    expect(chain([query]).get("A")).toMatchObject([{ kind: "number", value: 5 }]);
    expect(chain([query], "9.4").get("A")).toMatchObject([{ kind: "series" }]);
  });
  test("expressions stand in any order", () =>
    expect(
      chain([
        expression({ type: "math", expression: "$B > 4" }),
        { ...expression({ type: "reduce", expression: "$A", reducer: "last" }), refId: "B" },
        query,
      ]).get("C"),
    ).toMatchObject([{ value: 1 }]));
  test("an unknown refId and a circle are refused", () => {
    expect(() => chain([query, expression({ type: "math", expression: "$X" })])).toThrow(
      '"X" is no query or expression of the rule',
    );
    expect(() => chain([query, expression({ type: "math", expression: "$C" })])).toThrow('"C" depends on itself');
  });
});

describe("when a case is evaluated", () => {
  const now = Date.parse("2026-12-01T12:00:42Z") / 1000;
  const start = Date.parse("2026-11-20T10:00:00Z") / 1000;
  const instant = { expr: "x", instant: true, step: 60_000, from: 600, to: 0 };
  test("a case of instants ends now, its evaluations on multiples of the interval", () => {
    const shift = shiftOf(parseCase(caseOf({ from: 7 }), "f") as Case, { queries: [instant], now });
    expect(start + shift + 3600).toBeLessThanOrEqual(now);
    expect(isAligned(start + 7 + shift, 60)).toBe(true);
  });
  test("a range keeps its place between its steps", () => {
    const shift = shiftOf(parseCase(caseOf(), "f") as Case, {
      queries: [{ ...instant, instant: false, step: 420_000 }],
      now,
    });
    expect(shift % 420).toBe(0);
    expect(start + shift + 3600).toBeLessThanOrEqual(now);
    expect(start + shift + 3600 + 420).toBeGreaterThan(now);
  });
});

test("a verdict lists changes, by labels in the order of their text", () => {
  const instance = (key: string) => ({ labels: JSON.parse(key), reason: "", since: 0, evaluated: 0 });
  const states = (entries: Record<string, "Normal" | "Alerting">) =>
    new Map(Object.entries(entries).map(([key, state]) => [key, { ...instance(key), state }]));
  const [a, none] = ['{"source":"a"}', "{}"];
  const evaluations = [
    states({ [none]: "Normal" }),
    states({ [none]: "Normal", [a]: "Alerting" }),
    states({ [none]: "Alerting" }),
  ].map((one, index) => ({ at: index * 60, states: one }));
  expect(verdictOf(evaluations)).toEqual([
    { labels: { source: "a" }, changes: [[0, null], [60, "Alerting"], [120, null]] }, // biome-ignore format: a timeline
    { labels: {}, changes: [[0, "Normal"], [120, "Alerting"]] }, // biome-ignore format: a timeline
  ]);
});

import { describe, expect, test } from "vitest";
import { config as good } from "../../../src/config.ts";
import { freshnessLookback } from "../../../src/core/config/checks.ts";
import { checkConfig } from "../../../src/core/config/read.ts";
import { hours, minutes, percent, runs, seconds } from "../../../src/core/units.ts";

const faultsOf = (input: unknown) => {
  try {
    checkConfig(input);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("a configuration that cannot be built", () => {
  test("is accepted when nothing is wrong", () => expect(faultsOf(good)).toBe(""));

  test("is refused with every fault, its path and its value, in one message", () => {
    const wrong = {
      ...good,
      sources: {
        ...good.sources,
        expected: [...good.sources.expected, { source: "Efficy" }, { source: "x", maxSilence: minutes(2) }],
        retired: ["zohocrm"],
        memory: minutes(60),
      },
      rules: {
        ...good.rules,
        "2-taux-echec-eleve": { ...good.rules["2-taux-echec-eleve"], rate: percent(-2) },
        "4-latence-degradee": { ...good.rules["4-latence-degradee"], window: seconds(60), every: seconds(15) },
      },
      dashboards: { ...good.dashboards, timezone: "Europe/Pariss" },
      retention: hours(12),
    };
    expect(faultsOf(wrong)).toMatchInlineSnapshot(`
      "src/config.ts has 8 faults; nothing was written:
        rules.2-taux-echec-eleve.rate.value = -0.02: Too small: expected number to be >0
        rules.4-latence-degradee.every = {"value":15,"unit":"s"}: must be a multiple of 10 s, or Grafana does not start
        dashboards.timezone = "Europe/Pariss": "Europe/Pariss" is no IANA time zone (nor "browser")
        sources.expected.2.source = "zohocrm": is both expected and retired; remove one
        sources.expected.7.source = "Efficy": is expected twice; keep one
        sources.expected.8.maxSilence = "2m": must be at least the evaluation interval plus the delivery delay (330s), or runs fall between two evaluations
        sources.memory = "1h": must be longer than sources.maxSilence (75m), or no undeclared source is ever missed
        retention = "12h": must be at least the freshness look-back (24h)"
    `);
  });

  test.each([
    ["a misspelt key", { dashboards: { ...good.dashboards, timezones: "UTC" } }],
    ["a wrong unit", { deliveryDelay: percent(3) }],
    ["no number", { deliveryDelay: seconds(Number.NaN) }],
  ])("%s hides no other fault", (_, wrong) => {
    const input = {
      ...good,
      ...wrong,
      sources: { ...good.sources, expected: [{ source: "a" }, { source: "a" }], retired: ["b", "b"] },
    };
    expect(faultsOf(input)).toMatch(/[34] faults[\s\S]*is expected twice[\s\S]*is retired twice/);
  });

  test("names, counts and reminders that cannot be meant", () => {
    const input = {
      ...good,
      sources: { ...good.sources, expected: [], retired: [" "] },
      rules: { ...good.rules, "1-echec-detecte": { ...good.rules["1-echec-detecte"], failures: runs(0.5) } },
      notifications: { ...good.notifications, warning: { ...good.notifications.warning, repeat: minutes(1) } },
    };
    expect(faultsOf(input)).toMatch(
      /4 faults[\s\S]*expected = \[\][\s\S]*retired\.0 = " "[\s\S]*failures\.value = 0\.5[\s\S]*warning\.repeat = "1m"/,
    );
  });

  test("a bare number is told to take its unit", () => {
    const rules = { ...good.rules, "4-latence-degradee": { ...good.rules["4-latence-degradee"], p95: 10 } };
    expect(faultsOf({ ...good, rules, retention: 92 })).toMatch(
      /2 faults[\s\S]*\.p95 = 10: give it its unit, such as seconds\(10\)\n[\s\S]*retention = 92: give it its unit/,
    );
  });

  test("a field that does not exist is named", () => {
    expect(faultsOf({ ...good, sources: { ...good.sources, retird: [] } })).toMatchInlineSnapshot(`
      "src/config.ts has 1 fault; nothing was written:
        sources.retird = []: is no setting; check its name"
    `);
  });
});

test("the freshness look-back is 24 h, or twice the longest maximum silence", () => {
  const lookback = (...own: number[]) =>
    freshnessLookback({
      expected: own.map((h) => ({ source: String(h), maxSilence: hours(h) })),
      maxSilence: minutes(75),
    }).value / 3600;
  expect([lookback(), lookback(12), lookback(13), lookback(26, 2)]).toEqual([24, 24, 26, 52]);
});

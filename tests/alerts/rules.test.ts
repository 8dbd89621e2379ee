import { describe, expect, test } from "vitest";
import { inProcess } from "../../src/alerting/in-process.ts";
import { judge } from "../../src/alerting/judge.ts";
import { PINNED, profileOf } from "../../src/alerting/profile.ts";
import { outagesOf, type Scenario } from "../../src/alerting/scenario.ts";
import type { RuleName } from "../../src/alerts/rule.ts";
import { scenarioCase, scenarios, statesAt } from "../support/scenarios.ts";

describe.each(Object.keys(scenarios) as RuleName[])("%s", (rule) => {
  test.each(Object.entries<Scenario>(scenarios[rule]))("%s", async (name, scenario) => {
    const evaluations = await judge(scenarioCase(rule, name, scenario), inProcess, {
      profile: profileOf(PINNED),
      outages: outagesOf(scenario),
    });
    expect(statesAt(evaluations, Object.keys(scenario.expect))).toEqual(scenario.expect);
  });
});

import { describe, expect, test } from "vitest";
import { inProcess } from "../../src/alerting/in-process.ts";
import type { Scenario } from "../../src/alerting/scenario.ts";
import type { RuleName } from "../../src/alerts/rule.ts";
import { scenarios, statesOver } from "../support/scenarios.ts";

describe.each(Object.keys(scenarios) as RuleName[])("%s", (rule) => {
  test.each(Object.entries<Scenario>(scenarios[rule]))("%s", async (name, scenario) => {
    expect(await statesOver(inProcess, { rule, name, scenario })).toEqual(scenario.expect);
  });
});

import { describe, expect, test } from "vitest";
import type { RuleName } from "../../src/alerts/rule.ts";
import { inProcess } from "../../src/proof/in-process.ts";
import { judge } from "../../src/proof/judge.ts";
import { PINNED, profileOf } from "../../src/proof/profile.ts";
import { outagesOf, type Scenario } from "../../src/proof/scenario.ts";
import { scenarioCase, statesAt } from "../support/scenarios.ts";
import { scenarios } from "./scenarios.ts";

describe.each(Object.keys(scenarios) as RuleName[])("%s", (rule) => {
  test.each(Object.entries<Scenario>(scenarios[rule]))("%s", async (name, scenario) => {
    const evaluations = await judge(scenarioCase(rule, name, scenario), inProcess, profileOf(PINNED), outagesOf(scenario));
    expect(statesAt(evaluations, Object.keys(scenario.expect))).toEqual(scenario.expect);
  });
});

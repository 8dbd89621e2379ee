import { randomUUID } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import type { RuleName } from "../../src/alerts/rule.ts";
import { judge } from "../../src/proof/judge.ts";
import { profileOf } from "../../src/proof/profile.ts";
import { outagesOf, type Scenario } from "../../src/proof/scenario.ts";
import { scenarioCase, statesAt } from "../support/scenarios.ts";
import { scenarios } from "./scenarios.ts";

const url = inject("proofLoki");

describe.each(Object.keys(scenarios) as RuleName[])("%s", (rule) => {
  test.concurrent.each(Object.entries<Scenario>(scenarios[rule]))("%s", async (name, scenario) => {
    const loki = { url, tenant: `scenario-${randomUUID()}` };
    const evaluations = await judge(scenarioCase(rule, name, scenario), loki, profileOf("12.4"), outagesOf(scenario));
    expect(statesAt(evaluations, Object.keys(scenario.expect))).toEqual(scenario.expect);
  });
});

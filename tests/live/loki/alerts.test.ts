import { describe, expect, inject, test } from "vitest";
import { parseCase } from "../../../src/alerting/case.ts";
import { runningLoki } from "../../../src/alerting/loki.ts";
import { profileOf } from "../../../src/alerting/profile.ts";
import type { Scenario } from "../../../src/alerting/scenario.ts";
import type { RuleName } from "../../../src/alerts/rule.ts";
import { judgeCase } from "../../../src/tools/verdict/files.ts";
import { timelines } from "../../alerts/timelines.ts";
import { scenarios, statesOver } from "../../support/scenarios.ts";

const stores = runningLoki(inject("loki").url);

describe.each(Object.keys(scenarios) as RuleName[])("%s, its queries answered by Loki", (rule) => {
  test.concurrent.each(Object.entries<Scenario>(scenarios[rule]))("%s", async (name, scenario) => {
    expect(await statesOver(stores, { rule, name, scenario })).toEqual(scenario.expect);
  });
});

describe.each(timelines)("the timelines of Grafana $grafana, over this Loki", ({ profile, cases }) => {
  test.concurrent.each(cases)("$name: $why", async (input) => {
    const { verdict } = await judgeCase(parseCase(input, input.name), stores, profileOf(profile));
    expect(verdict).toEqual(input.verdict);
  });
});

import { describe, expect, inject, test } from "vitest";
import type { RuleName } from "../../src/alerts/rule.ts";
import { parseCase } from "../../src/proof/case.ts";
import { judgeCase } from "../../src/proof/files.ts";
import { judge } from "../../src/proof/judge.ts";
import { runningLoki } from "../../src/proof/loki.ts";
import { PINNED, profileOf } from "../../src/proof/profile.ts";
import { outagesOf, type Scenario } from "../../src/proof/scenario.ts";
import { scenarios } from "../alerts/scenarios.ts";
import { timelines } from "../alerts/timelines.ts";
import { scenarioCase, statesAt } from "../support/scenarios.ts";

const stores = runningLoki(inject("loki").url);

describe.each(Object.keys(scenarios) as RuleName[])("%s, its queries answered by Loki", (rule) => {
  test.concurrent.each(Object.entries<Scenario>(scenarios[rule]))("%s", async (name, scenario) => {
    const evaluations = await judge(scenarioCase(rule, name, scenario), stores, profileOf(PINNED), outagesOf(scenario));
    expect(statesAt(evaluations, Object.keys(scenario.expect))).toEqual(scenario.expect);
  });
});

describe.each(timelines)("the timelines of Grafana $grafana, over this Loki", ({ profile, cases }) => {
  test.concurrent.each(cases)("$name: $why", async (input) => {
    const { verdict } = await judgeCase(parseCase(input, input.name), stores, profileOf(profile));
    expect(verdict).toEqual(input.verdict);
  });
});

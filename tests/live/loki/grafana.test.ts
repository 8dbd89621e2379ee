import { randomUUID } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import { evaluateCase, load } from "../../../src/alerting/judge.ts";
import { tenantOf } from "../../../src/alerting/loki.ts";
import { profileOf } from "../../../src/alerting/profile.ts";
import type { Scenario } from "../../../src/alerting/scenario.ts";
import { verdictOf } from "../../../src/alerting/verdict.ts";
import type { RuleName } from "../../../src/alerts/rule.ts";
import { backtest, grafanaFrom, versionOf } from "../../support/grafana.ts";
import { scenarioCase, scenarios } from "../../support/scenarios.ts";

const { url } = inject("loki");
const grafana = grafanaFrom(process.env, url);
if (!grafana) console.log("GRAFANA_URL is not set: the scenarios were not put to Grafana itself.");

/** A back-test has no outage. */
const asked = (rule: RuleName) => Object.entries<Scenario>(scenarios[rule]).filter(([, { outage }]) => !outage);
const refused = () => "refused";

describe.skipIf(!grafana).each(Object.keys(scenarios) as RuleName[])("Grafana itself agrees on %s", (rule) => {
  test.each(asked(rule))("%s", async (name, scenario) => {
    const profile = profileOf(await versionOf(grafana!));
    const loki = { url, tenant: `scenario-${randomUUID()}` };
    const input = scenarioCase(rule, name, scenario);
    const held = await load(input, tenantOf(loki), profile);
    const ours = await evaluateCase(input, held, { profile }).then(verdictOf, refused);
    const theirs = await backtest(grafana!, input, loki.tenant, held.start).catch(refused);
    expect(theirs).toEqual(ours);
  });
});

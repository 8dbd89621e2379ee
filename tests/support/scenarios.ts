import { parse } from "yaml";
import { type Case, parseCase } from "../../src/alerting/case.ts";
import { type Evaluation, judge } from "../../src/alerting/judge.ts";
import { PINNED, profileOf } from "../../src/alerting/profile.ts";
import { type Expected, outagesOf, type Scenario, shownStates, streamsOf } from "../../src/alerting/scenario.ts";
import type { State } from "../../src/alerting/states.ts";
import type { Stores } from "../../src/alerting/store.ts";
import type { Labels } from "../../src/alerting/values.ts";
import type { RuleName } from "../../src/alerts/rule.ts";
import { scenariosOf } from "../../src/alerts/scenarios/index.ts";
import type { Config } from "../../src/core/config/schema.ts";
import { parseDuration } from "../../src/core/durations.ts";
import { UserError } from "../../src/core/errors.ts";
import { outputs } from "../../src/generator/outputs.ts";
import { composeTarget } from "../../src/generator/targets.ts";
import type { BuiltGroup } from "./built.ts";
import { config as proven } from "./config.ts";

/** The scenarios of every rule, and what it must say under the configuration of the tests. */
export const scenarios = scenariosOf(proven);

const generated = new Map<Config, ReadonlyMap<string, string>>();

/** The rule's group, as a configuration generates it. */
function groupOf(rule: RuleName, config: Config): BuiltGroup {
  const files = generated.get(config) ?? outputs(config, composeTarget);
  generated.set(config, files);
  return parse(files.get(`grafana-provisioning/alerting/${rule}.yml`)!).groups[0];
}

/** A scenario as a case: evaluated from the start to the last expected moment. */
export function scenarioCase(rule: RuleName, name: string, { arrivals, expect, config = proven }: Scenario): Case {
  const { interval, rules } = groupOf(rule, config);
  const every = parseDuration(interval);
  const moments = Object.keys(expect).map(parseDuration);
  const between = Object.keys(expect).find((text) => parseDuration(text) % every !== 0);
  if (between) throw new UserError(`${rule} is evaluated every ${interval}, never at ${between} ("${name}")`);
  const times = { t0: "2026-11-20T10:00:00Z", from: 0, to: Math.max(...moments) + every, interval: every };
  return parseCase({ name, ...times, rule: rules[0], streams: streamsOf(arrivals.flat()) }, name);
}

/** The states that a scenario leads to where its queries are asked of these stores. */
export async function statesOver(
  stores: Stores,
  { rule, name, scenario }: Readonly<{ rule: RuleName; name: string; scenario: Scenario }>,
): Promise<Record<string, Expected>> {
  const options = { profile: profileOf(PINNED), outages: outagesOf(scenario) };
  const evaluations = await judge(scenarioCase(rule, name, scenario), stores, options);
  return statesAt(evaluations, Object.keys(scenario.expect));
}

const nameOf = (labels: Labels) => Object.values(labels).join("/");

/**
 * What is not normal at each moment that a scenario speaks of; an evaluation that says nothing of an instance leaves it
 * as it was.
 */
export function statesAt(evaluations: readonly Evaluation[], moments: readonly string[]): Record<string, Expected> {
  const current = new Map<string, State>();
  const wanted = new Map(moments.map((text) => [parseDuration(text), text]));
  const found: [string, Expected][] = [];
  for (const { at, states } of evaluations) {
    for (const [key, { state }] of states) current.set(key, state);
    const moment = wanted.get(at);
    const shown = [...current].flatMap(([key, state]) =>
      state === "Normal" ? [] : [[nameOf(JSON.parse(key)), shownStates[state]] as const],
    );
    if (moment) found.push([moment, Object.fromEntries(shown)]);
  }
  return Object.fromEntries(found);
}

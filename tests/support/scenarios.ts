import { parse } from "yaml";
import { type Case, parseCase } from "../../src/alerting/case.ts";
import { type Evaluation, judge } from "../../src/alerting/judge.ts";
import { PINNED, profileOf } from "../../src/alerting/profile.ts";
import {
  type Arrivals,
  type Expected,
  outagesOf,
  type Scenario,
  shownStates,
  streamsOf,
} from "../../src/alerting/scenario.ts";
import type { State } from "../../src/alerting/states.ts";
import type { Stores } from "../../src/alerting/store.ts";
import type { Labels } from "../../src/alerting/values.ts";
import type { RuleName } from "../../src/alerts/rule.ts";
import type { Config } from "../../src/core/config/schema.ts";
import { parseDuration } from "../../src/core/durations.ts";
import { UserError } from "../../src/core/errors.ts";
import { outputs } from "../../src/generator/outputs.ts";
import { composeTarget } from "../../src/generator/targets.ts";
import type { BuiltGroup } from "./built.ts";
import { config as proven } from "./config.ts";

export const everything = "";
/** All instances are normal, or there is none. */
export const quiet: Expected = {};

/** Loki is away for five minutes, and the rule says nothing of it. */
export const silentOutage = (...arrivals: readonly Arrivals[]): Scenario => ({
  arrivals,
  outage: { from: "10m", to: "15m" },
  expect: { "9m": quiet, "10m": quiet, "14m": quiet, "15m": quiet },
});

/** The moments at which every rule must be shown, and those of some rules only. */
export const requiredCases = {
  all: [
    "fires",
    "just below",
    "exactly at the threshold",
    "no runs at all",
    "recovers",
    "a bad record among good ones",
    "a value missing or not a number",
    "old runs that arrive now",
  ],
  "1-echec-detecte": ["the word FAILED inside a SUCCESS description"],
  "2-taux-echec-eleve": ["the word FAILED inside a SUCCESS description", "a single failure that must not fire"],
  "3-source-muette": [
    "one source silent",
    "all silent",
    "silent for longer than 24 h",
    "a new source",
    "a source that comes back",
    "a retired source",
    "a source with its own maximum silence",
    "only INVALID lines arriving",
  ],
  "4-latence-degradee": ["one slow run among many"],
  "5-surconsommation-ressources": ["only memory", "only CPU", "both"],
} as const satisfies Partial<Record<RuleName | "all", readonly string[]>>;

type Required<R extends RuleName> = (typeof requiredCases)["all" | (R & keyof typeof requiredCases)][number];
/** The scenarios of a rule: the required ones, and any other. */
export type Scenarios<R extends RuleName> = Readonly<Record<Required<R>, Scenario> & Record<string, Scenario>>;

/** One sentence for each generated rule that lacks required cases. */
export function missingCases(
  rules: readonly string[],
  scenarios: Readonly<Record<string, Readonly<Record<string, Scenario>>>>,
): string[] {
  const required: Readonly<Record<string, readonly string[]>> = requiredCases;
  return rules.flatMap((rule) => {
    const missing = [...requiredCases.all, ...(required[rule] ?? [])].filter(
      (name) => !Object.hasOwn(scenarios[rule] ?? {}, name),
    );
    return missing.length > 0 ? [`rule ${rule} has no scenario for: ${missing.join("; ")}`] : [];
  });
}

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

import { isDeepStrictEqual } from "node:util";
import { type Case, parseCase } from "../../src/alerting/case.ts";
import { inProcess } from "../../src/alerting/in-process.ts";
import { evaluateCase, type Loaded as Held, load } from "../../src/alerting/judge.ts";
import { PINNED, profileOf } from "../../src/alerting/profile.ts";
import { outagesOf, type Scenario } from "../../src/alerting/scenario.ts";
import type { RuleName } from "../../src/alerts/rule.ts";
import { parseDuration } from "../../src/core/durations.ts";
import { UserError } from "../../src/core/errors.ts";
import { type BuiltRule, rules } from "../support/built.ts";
import { scenarioCase, scenarios, statesAt } from "../support/scenarios.ts";
import { type Mutant, queryMutants } from "./mutate.ts";

const PROFILE = profileOf(PINNED);

/** A rule with one node of its data changed. */
const withData = (rule: BuiltRule, index: number, model: object): BuiltRule => ({
  ...rule,
  data: rule.data.map((datum, at) => (at === index ? { ...datum, model: { ...datum.model, ...model } } : datum)),
});

function expressionMutants(rule: BuiltRule, index: number): Mutant<BuiltRule>[] {
  const { refId, model } = rule.data[index]!;
  const mutant = (change: string, changed: object): Mutant<BuiltRule> => ({
    change: `${refId} ${change}`,
    mutated: withData(rule, index, changed),
  });
  if (model.expr) return queryMutants(model.expr).map(({ change, mutated }) => mutant(change, { expr: mutated }));
  if (model.type === "reduce")
    return ["mean", "min", "max", "sum", "count"].map((reducer) => mutant(`reducer last → ${reducer}`, { reducer }));
  if (model.type === "threshold") {
    const { type, params } = model.conditions![0]!.evaluator;
    const evaluator = (changed: object) => ({ conditions: [{ evaluator: { type, params, ...changed } }] });
    const value = params[0]!;
    const others = value === 0 ? [1e9, -1] : [value * 1.03, value * 0.97];
    return [
      ...["gt", "gte", "lt", "lte"]
        .filter((other) => other !== type)
        .map((other) => mutant(`${type} → ${other}`, evaluator({ type: other }))),
      ...others.map((other) => mutant(`${value} → ${other}`, evaluator({ params: [other] }))),
    ];
  }
  const swaps: [RegExp, (found: string) => string][] = [
    [/>/g, () => ">="],
    [/>/g, () => "<"],
    [/\|\|/g, () => "&&"],
    [/\b\d+\b/g, (found) => String(Number(found) * 1.03)],
    [/\b\d+\b/g, (found) => String(Number(found) * 0.97)],
  ];
  const text = model.expression!;
  return swaps.flatMap(([pattern, swap]) =>
    [...text.matchAll(pattern)].map(({ 0: found, index: at }) => {
      const expression = text.slice(0, at) + swap(found) + text.slice(at + found.length);
      return mutant(`${text} → ${expression}`, { expression });
    }),
  );
}

/** Every rule that differs from this one in one value. */
function ruleMutants(rule: BuiltRule): Mutant<BuiltRule>[] {
  const setting = (name: "for" | "noDataState" | "execErrState", values: readonly string[]): Mutant<BuiltRule>[] =>
    values
      .filter((value) => value !== rule[name])
      .map((value) => ({ change: `${name} ${rule[name]} → ${value}`, mutated: { ...rule, [name]: value } }));
  const pause = parseDuration(rule.for);
  return [
    ...rule.data.flatMap((_, index) => expressionMutants(rule, index)),
    ...setting("for", pause === 0 ? ["1m"] : [`${pause - 60}s`, `${pause + 60}s`]),
    ...setting("noDataState", ["OK", "NoData", "Alerting"]),
    ...setting("execErrState", ["OK", "Error", "Alerting"]),
  ];
}

type Loaded = { input: Case; scenario: Scenario; held: Held };

/** The scenarios that run on the shipped rule, each with its lines. */
async function loaded(rule: RuleName): Promise<Loaded[]> {
  const own = Object.entries<Scenario>(scenarios[rule]).filter(([, { config }]) => !config);
  return Promise.all(
    own.map(async ([name, scenario]) => {
      const input = scenarioCase(rule, name, scenario);
      return { input, scenario, held: await load(input, inProcess, PROFILE) };
    }),
  );
}

/** Whether a scenario says otherwise of the mutant than what is expected; a query that Loki refuses is noticed too. */
async function noticed({ input, scenario, held }: Loaded, mutated: BuiltRule): Promise<boolean> {
  try {
    const changed = parseCase({ ...input, rule: mutated, streams: [] }, input.name);
    const evaluations = await evaluateCase(changed, held, { profile: PROFILE, outages: outagesOf(scenario) });
    return !isDeepStrictEqual(statesAt(evaluations, Object.keys(scenario.expect)), scenario.expect);
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}

/**
 * The mutants of one rule that no scenario notices, and how many there were; refuses a rule whose scenarios fail
 * unmutated.
 */
export async function survivorsOf(uid: RuleName): Promise<{ total: number; survivors: string[] }> {
  const rule = rules.find(({ labels }) => labels.rule === uid)!;
  const cases = await loaded(uid);
  for (const one of cases)
    if (await noticed(one, rule))
      throw new Error(`scenario "${one.input.name}" of ${uid} fails without any mutation; run npm test`);
  const mutants = ruleMutants(rule);
  const survivors: string[] = [];
  for (const { change, mutated } of mutants) {
    let killed = false;
    for (const one of cases) {
      killed = await noticed(one, mutated);
      if (killed) break;
    }
    if (!killed) survivors.push(change);
  }
  return { total: mutants.length, survivors };
}

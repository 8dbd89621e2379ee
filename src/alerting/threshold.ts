import { UserError } from "../core/errors.ts";
import { evaluateMath } from "./math.ts";
import type { Profile } from "./profile.ts";
import { mapValue, type Value } from "./values.ts";

export type Evaluator = Readonly<{ type: string; params: readonly number[] }>;

const comparisons: Readonly<Record<string, (value: number, a: number, b: number) => boolean>> = {
  gt: (value, a) => value > a,
  lt: (value, a) => value < a,
  eq: (value, a) => value === a,
  ne: (value, a) => value !== a,
  gte: (value, a) => value >= a,
  lte: (value, a) => value <= a,
  within_range: (value, a, b) => value > a && value < b,
  outside_range: (value, a, b) => value < a || value > b,
  within_range_included: (value, a, b) => value >= a && value <= b,
  outside_range_included: (value, a, b) => value <= a || value >= b,
};

const formulas: Readonly<Record<string, (ref: string, a: string, b: string) => string>> = {
  gt: (ref, a) => `${ref} > ${a}`,
  lt: (ref, a) => `${ref} < ${a}`,
  within_range: (ref, a, b) => `${ref} > ${a} && ${ref} < ${b}`,
  outside_range: (ref, a, b) => `${ref} < ${a} || ${ref} > ${b}`,
};

/** 1 where the value passes the threshold, else 0; missing stays missing. Source: Grafana `pkg/expr/threshold.go`. */
export function applyThreshold(
  values: readonly Value[],
  { type, params }: Evaluator,
  profile: Profile,
): readonly Value[] {
  const tests = profile.thresholdIsFormula ? formulas : comparisons;
  if (!Object.hasOwn(tests, type)) throw new UserError(`Grafana ${profile.version} has no threshold "${type}"`);
  const [a, b = Number.NaN] = params;
  if (a === undefined || (type.includes("range") && params.length < 2))
    throw new UserError(`the threshold "${type}" lacks a parameter`);
  if (profile.thresholdIsFormula) return evaluateMath(formulas[type]!("$X", a.toFixed(6), b.toFixed(6)), () => values);
  return values.map((value) => mapValue(value, (of) => (of === null ? null : Number(comparisons[type]!(of, a, b)))));
}

import { UserError } from "../core/errors.ts";
import { evaluateMath } from "./math.ts";
import type { Profile } from "./profile.ts";
import { mapValue, type Value } from "./values.ts";

export type Evaluator = Readonly<{ type: string; params: readonly number[] }>;

const comparisons: Readonly<Record<string, (a: number, b: number) => (value: number) => boolean>> = {
  gt: (a) => (value) => value > a,
  lt: (a) => (value) => value < a,
  eq: (a) => (value) => value === a,
  ne: (a) => (value) => value !== a,
  gte: (a) => (value) => value >= a,
  lte: (a) => (value) => value <= a,
  within_range: (a, b) => (value) => value > a && value < b,
  outside_range: (a, b) => (value) => value < a || value > b,
  within_range_included: (a, b) => (value) => value >= a && value <= b,
  outside_range_included: (a, b) => (value) => value <= a || value >= b,
};

/** Of the value `$X`. */
const formulas: Readonly<Record<string, (a: string, b: string) => string>> = {
  gt: (a) => `$X > ${a}`,
  lt: (a) => `$X < ${a}`,
  within_range: (a, b) => `$X > ${a} && $X < ${b}`,
  outside_range: (a, b) => `$X < ${a} || $X > ${b}`,
};

/** 1 where the value passes the threshold, else 0; missing stays missing. */
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
  if (profile.thresholdIsFormula) return evaluateMath(formulas[type]!(a.toFixed(6), b.toFixed(6)), () => values);
  const passes = comparisons[type]!(a, b);
  return values.map((value) => mapValue(value, (of) => (of === null ? null : Number(passes(of)))));
}

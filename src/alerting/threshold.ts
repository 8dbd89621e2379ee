import { UserError } from "../core/errors.ts";
import { plural } from "../core/printable.ts";
import { evaluateMath } from "./math.ts";
import type { Profile } from "./profile.ts";
import { mapValue, type Value } from "./values.ts";

export type Evaluator = Readonly<{ type: string; params: readonly number[] }>;

/** Whether a value passes, of limits in their order. */
export const comparisons: Readonly<Record<string, (a: number, b: number) => (value: number) => boolean>> = {
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

/** The limits of an evaluator, of which a range has two; throws a `UserError` where one is missing. */
export function limitsOf({ type, params }: Evaluator): readonly [number, number] {
  const [a, b = Number.NaN] = params;
  const wanted = type.includes("range") ? 2 : 1;
  if (a === undefined || params.length < wanted)
    throw new UserError(`the threshold "${type}" has ${plural(params.length, "parameter")}; give it ${wanted}`);
  return [a, b];
}

/** 1 where the value passes the threshold, else 0; missing stays missing. */
export function applyThreshold(values: readonly Value[], evaluator: Evaluator, profile: Profile): readonly Value[] {
  const { type } = evaluator;
  const tests = profile.thresholdIsFormula ? formulas : comparisons;
  if (!Object.hasOwn(tests, type)) {
    const others = Object.keys(tests).join(", ");
    throw new UserError(`Grafana ${profile.version} has no threshold "${type}"; use one of ${others}`);
  }
  const [a, b] = limitsOf(evaluator);
  if (profile.thresholdIsFormula) return evaluateMath(formulas[type]!(a.toFixed(6), b.toFixed(6)), () => values);
  const passes = comparisons[type]!(a, b);
  return values.map((value) => mapValue(value, (of) => (of === null ? null : Number(passes(of)))));
}

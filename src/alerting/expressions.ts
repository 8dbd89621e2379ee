import { UserError } from "../core/errors.ts";
import { evaluateClassic } from "./classic.ts";
import { evaluateMath } from "./math.ts";
import type { Profile } from "./profile.ts";
import { type ReduceMode, reduceValues } from "./reduce.ts";
import { resampleValues } from "./resample.ts";
import type { JudgedExpression, JudgedQuery, JudgedRule } from "./rule.ts";
import { applyThreshold } from "./threshold.ts";
import { noData, number, type Series, type Value } from "./values.ts";

/** The version that evaluates, and when (in ms). */
type Moment = Readonly<{ profile: Profile; now: number }>;
type Reduce = Extract<JudgedExpression["model"], { type: "reduce" }>;

function modeOf({ settings }: Reduce): ReduceMode {
  if (settings?.mode === "replaceNN") return { kind: "replace", value: settings.replaceWithValue! };
  return settings?.mode === "dropNN" ? { kind: "drop" } : { kind: "strict" };
}

function evaluate(
  { model, relativeTimeRange }: JudgedExpression,
  variables: (refId: string) => readonly Value[],
  { profile, now }: Moment,
) {
  switch (model.type) {
    case "reduce":
      return reduceValues(variables(model.expression), model.reducer, modeOf(model));
    case "threshold": {
      const [{ evaluator, unloadEvaluator }] = model.conditions;
      if (unloadEvaluator && profile.recovers)
        throw new UserError(
          "a threshold with its own recovery value (unloadEvaluator) is not supported; leave it out to judge the rest",
        );
      return applyThreshold(variables(model.expression), evaluator, profile);
    }
    case "math":
      return evaluateMath(model.expression, variables);
    case "resample": {
      const { from, to } = relativeTimeRange;
      const range = { from: now - from * 1000, to: now - to * 1000 };
      return resampleValues(variables(model.expression), { ...model, ...range });
    }
    case "classic_conditions":
      return evaluateClassic(model.conditions, variables, profile);
    default:
      return model satisfies never;
  }
}

/** A query's series as an expression sees them. */
function asValues(found: readonly Series[], { queryType }: JudgedQuery["model"], profile: Profile): readonly Value[] {
  if (found.length === 0) return [noData];
  return queryType === "instant" && profile.instantGivesNumbers
    ? found.map(({ labels, points }) => number(labels, points.at(-1)![1]))
    : found;
}

/** The values of every query and expression of a rule at one moment, by refId. */
export function evaluateChain(
  rule: JudgedRule,
  answers: (refId: string) => readonly Series[],
  moment: Moment,
): ReadonlyMap<string, readonly Value[]> {
  const values = new Map<string, readonly Value[]>();
  const valuesOf = (refId: string, path: readonly string[]): readonly Value[] => {
    const evaluatedValues = values.get(refId);
    if (evaluatedValues) return evaluatedValues;
    // A refId that stands twice means the later one.
    const datum = rule.data.findLast((one) => one.refId === refId);
    if (!datum) {
      const others = rule.data.map((one) => one.refId).join(", ");
      throw new UserError(`"${refId}" is no query or expression of the rule; name one of ${others}`);
    }
    if (path.includes(refId)) throw new UserError(`"${refId}" depends on itself; let it read others`);
    const found =
      datum.kind === "query"
        ? asValues(answers(refId), datum.model, moment.profile)
        : evaluate(datum, (other) => valuesOf(other, [...path, refId]), moment);
    values.set(refId, found);
    return found;
  };
  for (const { refId } of rule.data) valuesOf(refId, []);
  return values;
}

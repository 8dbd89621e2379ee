import type { Profile } from "./profile.ts";
import { ofNumbers } from "./reduce.ts";
import type { JudgedExpression } from "./rule.ts";
import { comparisons, type Evaluator, limitsOf } from "./threshold.ts";
import { unsupported } from "./unsupported.ts";
import { type Maybe, number, type Value } from "./values.ts";

export type ClassicCondition = Extract<JudgedExpression["model"], { type: "classic_conditions" }>["conditions"][number];

/** From the newest value to the oldest one; 0 when there is only one. */
const difference =
  (of: (newest: number, oldest: number) => number) =>
  (values: readonly number[], newestIndex: number): number =>
    newestIndex >= 1 ? of(values.at(-1)!, values[0]!) : 0;

const { mean, ...others } = ofNumbers;
/** Over the values that are no NaN, of which there is at least one. */
const reducers: Readonly<Record<string, (values: readonly number[], newestIndex: number) => number>> = {
  ...others,
  avg: mean,
  last: (values) => values.at(-1)!,
  diff: difference((newest, oldest) => newest - oldest),
  diff_abs: difference((newest, oldest) => Math.abs(newest - oldest)),
  percent_diff: difference((newest, oldest) => ((newest - oldest) / Math.abs(oldest)) * 100),
  percent_diff_abs: difference((newest, oldest) => Math.abs(((newest - oldest) / oldest) * 100)),
  count_non_null: (values) => values.length,
};

function reduce(value: Value, reducer: string): Maybe {
  if (value.kind === "noData") return null;
  if (value.kind !== "series") return value.value;
  const points = value.points.map(([, point]) => point);
  if (reducer === "count") return points.length === 0 ? null : points.length;
  const present = (point: Maybe): point is number => point !== null && !Number.isNaN(point);
  const values = points.filter(present);
  const each = reducers[reducer];
  if (!each) throw unsupported(`the classic reducer "${reducer}"`, ["count", ...Object.keys(reducers)]);
  return values.length === 0 ? null : each(values, points.findLastIndex(present));
}

const EVALUATORS = ["gt", "lt", "within_range", "outside_range", "no_value"];

/** A range may be given in either order. */
function passes(value: Maybe, evaluator: Evaluator): boolean {
  const { type } = evaluator;
  if (!EVALUATORS.includes(type)) throw unsupported(`the classic evaluator "${type}"`, EVALUATORS);
  if (type === "no_value") return value === null;
  const [a, b] = limitsOf(evaluator);
  const turned = type.endsWith("_range") && b < a;
  const holds = turned ? comparisons[type]!(b, a) : comparisons[type]!(a, b);
  return value !== null && holds(value);
}

/** One number without labels: 1 when the conditions hold, missing when they have no data. */
export function evaluateClassic(
  conditions: readonly ClassicCondition[],
  variables: (refId: string) => readonly Value[],
  profile: Profile,
): readonly Value[] {
  const outcomes = conditions.map(({ evaluator, operator, query, reducer }) => {
    const values = variables(query.params[0]!).map((value) => reduce(value, reducer.type));
    const asked = profile.version === "9.4" ? values.filter((value) => value !== null) : values;
    return {
      isOr: operator.type === "or",
      fires: asked.some((value) => passes(value, evaluator)),
      empty: values.every((value) => value === null && !(asked.includes(null) && passes(null, evaluator))),
    };
  });
  const joined = outcomes.reduce((before, { isOr, fires, empty }) =>
    isOr
      ? { isOr, fires: before.fires || fires, empty: before.empty || empty }
      : { isOr, fires: before.fires && fires, empty: before.empty && empty },
  );
  if (joined.fires) return [number({}, 1)];
  return [number({}, joined.empty ? null : 0)];
}

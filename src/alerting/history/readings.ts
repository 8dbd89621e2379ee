import { largest } from "../../core/numbers.ts";
import type { Unit } from "../../core/units.ts";
import { quantile } from "../../logql/evaluate/range-functions.ts";
import type { Comparison } from "../condition.ts";
import type { RuleLine } from "../timeline.ts";
import type { Labels } from "../values.ts";
import type { Period } from "./period.ts";

/** What a rule measures of an instance at every evaluation, and the threshold that it is held against. */
type Measured = Readonly<{ labels: Labels; limit: number; values: readonly (number | null)[] }>;
/** One measured value of a rule; `beyond` says on which side of its threshold it fires. */
export type Reading = Readonly<{ name: string; unit: Unit; beyond: "above" | "below"; instances: readonly Measured[] }>;
/** How far values are beyond their threshold (negative: on the quiet side); the threshold where all have the same. */
export type Distance = Pick<Reading, "name" | "unit"> &
  Readonly<{ threshold?: number; p50: number; p95: number; max: number }>;

const SIDES: Readonly<Record<string, Reading["beyond"]>> = { gt: "above", gte: "above", lt: "below", lte: "below" };

/** The values that a rule compares with one threshold. */
export const readingsOf = ({ instances }: RuleLine, comparisons: readonly Comparison[]): readonly Reading[] =>
  comparisons.flatMap(({ refId, type, limits, unit, field }) => {
    const [beyond, limit] = [SIDES[type], limits[0]];
    if (beyond === undefined || limit === undefined) return [];
    const measured = instances.flatMap(({ labels, values }) =>
      values[refId] ? [{ labels, limit, values: values[refId] }] : [],
    );
    return [{ name: field ?? "value", unit, beyond, instances: measured }];
  });

/** How far the values of a period are from the threshold; undefined without any. */
export function distanceOf(
  { name, unit, beyond, instances }: Reading,
  moments: readonly number[],
  { from, to }: Period,
): Distance | undefined {
  const sign = beyond === "above" ? 1 : -1;
  const distances = instances.flatMap(({ limit, values }) =>
    values.flatMap((value, index) => {
      const isOutside = moments[index]! < from || moments[index]! > to;
      return value === null || !Number.isFinite(value) || isOutside ? [] : [sign * (value - limit)];
    }),
  );
  if (distances.length === 0) return undefined;
  const limits = new Set(instances.map(({ limit }) => limit));
  const [threshold] = limits;
  return {
    name,
    unit,
    ...(limits.size === 1 && threshold !== undefined && { threshold }),
    p50: quantile(0.5, distances),
    p95: quantile(0.95, distances),
    max: largest(distances),
  };
}

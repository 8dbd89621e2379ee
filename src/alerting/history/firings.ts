import { largest, sum } from "../../core/numbers.ts";
import { fires } from "../flushes.ts";
import type { InstanceLine, RuleLine } from "../timeline.ts";
import type { Labels } from "../values.ts";
import type { Period } from "./period.ts";

/** From the evaluation that fires to the one that no longer does, cut to the period; seconds since 1970. */
type Firing = Readonly<{ from: number; to: number }>;
export type FiringInstance = Readonly<{ labels: Labels; firings: readonly Firing[] }>;
/** How often, when first, for how long at most and in all (seconds). */
export type Summary = Readonly<{ count: number; first: number | undefined; longest: number; total: number }>;

function firingsOf(instance: InstanceLine, moments: readonly number[], { from, to }: Period): readonly Firing[] {
  const found: Firing[] = [];
  const isFiring = (index: number) => index >= 0 && fires(instance, index);
  for (const [index, moment] of moments.entries()) {
    if (moment > to) break;
    if (isFiring(index) && !isFiring(index - 1)) found.push({ from: moment, to });
    if (!isFiring(index) && isFiring(index - 1)) found.push({ from: found.pop()!.from, to: moment });
  }
  // What was over at the first moment of the period was told before it.
  return found
    .filter((one) => one.to > from || one.from >= from)
    .map((one) => ({ from: Math.max(from, one.from), to: one.to }));
}

/** The instances that fired in a period, the most frequent first. */
export const firingInstances = ({ moments, instances }: RuleLine, period: Period): readonly FiringInstance[] =>
  instances
    .map((instance) => ({ labels: instance.labels, firings: firingsOf(instance, moments, period) }))
    .filter(({ firings }) => firings.length > 0)
    .sort((a, b) => b.firings.length - a.firings.length);

/** What firings come to. */
export function summaryOf(firings: readonly Firing[]): Summary {
  const lengths = firings.map(({ from, to }) => to - from);
  return {
    count: firings.length,
    first: firings.reduce<number | undefined>((first, { from }) => Math.min(first ?? from, from), undefined),
    longest: largest(lengths, 0),
    total: sum(lengths),
  };
}

/**
 * The quantile (0 to 1) of ascending values, `undefined` for none.
 * Source: `Quantile` in Loki's `pkg/logql/range_vector.go`.
 */
export function quantile(q: number, sorted: ArrayLike<number>): number | undefined {
  if (sorted.length === 0) return undefined;
  const rank = q * (sorted.length - 1);
  const lower = Math.floor(rank);
  const weight = rank - lower;
  return sorted[lower]! * (1 - weight) + sorted[Math.min(sorted.length - 1, lower + 1)]! * weight;
}

/** Of any count of values: `Math.max` takes no hundred thousand arguments. */
export const largest = (values: readonly number[], least = Number.NEGATIVE_INFINITY): number =>
  values.reduce((a, b) => Math.max(a, b), least);
export const smallest = (values: readonly number[], most = Number.POSITIVE_INFINITY): number =>
  values.reduce((a, b) => Math.min(a, b), most);
export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** The middle of values, or of the two nearest to it; NaN without any. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return low === high ? low : (low + high) / 2;
}

/** The greatest whole number that divides both. */
export const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

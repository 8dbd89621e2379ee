/** Numbers from 0 to below 1 that a seed gives again, by a linear congruence of 32 bits. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

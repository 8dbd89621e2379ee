const BITS = 2048;

/** A set of whole numbers from 0, at one bit each. */
export type Positions = Readonly<{
  add(position: number): boolean;
  has(position: number): boolean;
  count(): number;
  ranges(most: number): readonly string[];
}>;

/** An empty set; `add` says whether a number is new, `ranges` lists the first `most` runs (`7`, `9–12`). */
export function positions(): Positions {
  const parts = new Map<number, Uint8Array>();
  let count = 0;
  return {
    count: () => count,
    has: (position) =>
      ((parts.get(Math.floor(position / BITS))?.[(position % BITS) >> 3] ?? 0) & (1 << (position & 7))) !== 0,
    add(position) {
      const [part, bit] = [Math.floor(position / BITS), position % BITS];
      const bytes = parts.get(part) ?? new Uint8Array(BITS / 8);
      parts.set(part, bytes);
      const mask = 1 << (bit & 7);
      if ((bytes[bit >> 3]! & mask) !== 0) return false;
      bytes[bit >> 3]! |= mask;
      count++;
      return true;
    },
    ranges(most) {
      const runs: [number, number][] = [];
      for (const [part, bytes] of [...parts].sort(([a], [b]) => a - b))
        for (let bit = 0; bit < BITS; bit++) {
          if ((bytes[bit >> 3]! & (1 << (bit & 7))) === 0) continue;
          const position = part * BITS + bit;
          const last = runs.at(-1);
          if (last?.[1] === position - 1) last[1] = position;
          else if (runs.length < most) runs.push([position, position]);
          else return runs.map(span);
        }
      return runs.map(span);
    },
  };
}

/** A run of numbers as text: `4–9`, or `4`. */
export const span = ([first, last]: readonly [number, number]): string =>
  first === last ? `${first}` : `${first}–${last}`;

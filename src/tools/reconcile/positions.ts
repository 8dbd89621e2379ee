import { collected } from "../../core/kept.ts";

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
  const parts = collected<number, Uint8Array>();
  let count = 0;
  const partOf = (position: number) => Math.floor(position / BITS);
  const byteOf = (position: number) => (position % BITS) >> 3;
  const maskOf = (position: number) => 1 << (position & 7);
  const has = (position: number) =>
    ((parts.all.get(partOf(position))?.[byteOf(position)] ?? 0) & maskOf(position)) !== 0;
  return {
    count: () => count,
    has,
    add(position) {
      if (has(position)) return false;
      parts.of(partOf(position), () => new Uint8Array(BITS / 8))[byteOf(position)]! |= maskOf(position);
      count++;
      return true;
    },
    ranges(most) {
      const runs: [number, number][] = [];
      for (const part of [...parts.all.keys()].sort((a, b) => a - b))
        for (let position = part * BITS; position < (part + 1) * BITS; position++) {
          if (!has(position)) continue;
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

type Limits<T> = Readonly<{ most: number; sizeOf: (item: T) => number }>;

/** Items in order, as many together as are no larger than `most`; one that is larger is alone. */
export function packed<T>(items: readonly T[], { most, sizeOf }: Limits<T>): T[][] {
  const packs: T[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const size = sizeOf(item);
    if (bytes + size > most) {
      packs.push([]);
      bytes = 0;
    }
    packs.at(-1)!.push(item);
    bytes += size;
  }
  return packs;
}

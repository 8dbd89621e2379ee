/** A function whose answers are kept, so many at once; what it refuses is asked again. */
export function kept<V extends NonNullable<unknown> | null>(
  most: number,
  make: (key: string) => V,
): (key: string) => V {
  const values = new Map<string, V>();
  return (key) => {
    const cached = values.get(key);
    if (cached !== undefined) return cached;
    const value = make(key);
    if (values.size >= most) values.clear();
    values.set(key, value);
    return value;
  };
}

/** Things by their keys, each made when it is first asked for; `all` holds them in that order. */
export function collected<K, V extends NonNullable<unknown>>() {
  const all = new Map<K, V>();
  const of = (key: K, make: () => V): V => {
    const held = all.get(key);
    if (held !== undefined) return held;
    const made = make();
    all.set(key, made);
    return made;
  };
  return { all: all as ReadonlyMap<K, V>, of };
}

const [FEW, MANY] = [100, 1000];
/** The same for three texts, of which the first two are few. */
export const keptByThree = (make: (a: string) => (b: string) => (c: string) => string) =>
  kept(FEW, (a) => {
    const ofFirst = make(a);
    return kept(FEW, (b) => kept(MANY, ofFirst(b)));
  });

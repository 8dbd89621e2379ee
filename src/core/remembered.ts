const MOST = 10_000;

/** A text made of three, once for each: there are few of them, and one is asked for at each record. */
export function remembered(make: (a: string, b: string, c: string) => string): typeof make {
  const known = new Map<string, Map<string, Map<string, string>>>();
  let count = 0;
  return (a, b, c) => {
    const found = known.get(a)?.get(b)?.get(c);
    if (found !== undefined) return found;
    if (count++ >= MOST) {
      known.clear();
      count = 1;
    }
    const made = make(a, b, c);
    if (!known.has(a)) known.set(a, new Map());
    const second = known.get(a)!;
    if (!second.has(b)) second.set(b, new Map());
    second.get(b)!.set(c, made);
    return made;
  };
}

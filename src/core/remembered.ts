const MOST = 10_000;

/** A text made of three, once for each: there are few of them, and one is asked for at each record. */
export function remembered(make: (a: string, b: string, c: string) => string): typeof make {
  const texts = new Map<string, Map<string, Map<string, string>>>();
  let count = 0;
  return (a, b, c) => {
    const found = texts.get(a)?.get(b)?.get(c);
    if (found !== undefined) return found;
    if (count++ >= MOST) {
      texts.clear();
      count = 1;
    }
    const ofFirst = texts.get(a) ?? new Map<string, Map<string, string>>();
    const ofSecond = ofFirst.get(b) ?? new Map<string, string>();
    const made = make(a, b, c);
    texts.set(a, ofFirst.set(b, ofSecond.set(c, made)));
    return made;
  };
}

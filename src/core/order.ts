/** Compares texts by code unit: the same order on every machine. */
export const byText = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** Sorts by a text drawn from each item. */
export const sortedBy = <T>(items: readonly T[], text: (item: T) => string): T[] =>
  [...items].sort((a, b) => byText(text(a), text(b)));

/** Items under their keys; a key that occurs again gets a number (`a`, `a #2`). */
export function keyed<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const item of items) {
    const name = key(item);
    let unique = name;
    for (let number = 2; found.has(unique); number += 1) unique = `${name} #${number}`;
    found.set(unique, item);
  }
  return found;
}

import { collected } from "./kept.ts";

/** Items by what they have in common, each group in the order of its items. */
export function grouped<K, T>(items: Iterable<T>, keyOf: (item: T) => K): ReadonlyMap<K, T[]> {
  const { all, of } = collected<K, T[]>();
  for (const item of items) of(keyOf(item), () => []).push(item);
  return all;
}

import { grouped } from "../../../core/grouped.ts";
import { canonical, type Json, leaves } from "../json.ts";

/** A thing before and after. */
export type Pairing<T> = Readonly<{ from: T; to: T }>;
type Matched<T> = Readonly<{ pairs: readonly Pairing<T>[]; removed: readonly T[]; added: readonly T[] }>;
/** What both sides must share to be the same thing; undefined for a thing that has none. */
type Identity<T> = (item: T) => string | undefined;

/** Which part of the values of two things is the same, from 0 to 1. */
export function likeness(from: Json, to: Json): number {
  const [before, after] = [new Set(leaves(from)), leaves(to)];
  return after.filter((leaf) => before.has(leaf)).length / Math.max(before.size, after.length, 1);
}

/** Finds the same things in two states, by one identity after the other; where several share one, in their order. */
export function match<T>({ from, to }: Pairing<readonly T[]>, identities: readonly Identity<T>[]): Matched<T> {
  const pairs: Pairing<T>[] = [];
  let [removed, added] = [from, to];
  for (const identity of identities) {
    const open = grouped(added, identity);
    const found = removed.flatMap((item): readonly Pairing<T>[] => {
      const name = identity(item);
      const other = name === undefined ? undefined : open.get(name)?.shift();
      return other === undefined ? [] : [{ from: item, to: other }];
    });
    const done = new Set(found.flatMap((pair) => [pair.from, pair.to]));
    pairs.push(...found);
    removed = removed.filter((item) => !done.has(item));
    added = added.filter((item) => !done.has(item));
  }
  return { pairs, removed, added };
}

/** An identity that holds what somebody says of a thing. */
export const facts = (...all: readonly (Json | undefined)[]): string => canonical(all.map((fact) => fact ?? null));

import { canonical, type Json, leaves } from "../json.ts";

/** A thing before and after. */
export type Pairing<T> = Readonly<{ from: T; to: T }>;
export type Matched<T> = Readonly<{ pairs: readonly Pairing<T>[]; removed: readonly T[]; added: readonly T[] }>;
/** What both sides must share to be the same thing; undefined for a thing that has none. */
type Identity<T> = (item: T, side: "from" | "to") => string | undefined;
type Ways<T> = Readonly<{ identities: readonly Identity<T>[]; content: (item: T) => Json }>;

/** Which part of the values of two things is the same, from 0 to 1. */
export function likeness(from: Json, to: Json): number {
  const [before, after] = [new Set(leaves(from)), leaves(to)];
  return after.filter((leaf) => before.has(leaf)).length / Math.max(before.size, after.length, 1);
}

const grouped = <T>(items: readonly T[], key: (item: T) => string | undefined): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return groups;
};

/** Beyond so many pairs, the first is taken for the first. */
const MOST_PAIRS = 2500;

/** Pairs things of one identity: the same to the letter, then the most alike. */
function pairsOf<T>({ from, to }: Pairing<readonly T[]>, content: Ways<T>["content"]): readonly Pairing<T>[] {
  const count = Math.min(from.length, to.length);
  if (count === 0 || from.length * to.length === 1 || from.length * to.length > MOST_PAIRS)
    return from.slice(0, count).map((item, index) => ({ from: item, to: to[index]! }));
  const candidates = from.flatMap((before) =>
    to.map((after) => ({ from: before, to: after, score: likeness(content(before), content(after)) })),
  );
  const taken = new Set<T>();
  return candidates
    .toSorted((a, b) => b.score - a.score)
    .filter((pair) => {
      if (taken.has(pair.from) || taken.has(pair.to)) return false;
      taken.add(pair.from).add(pair.to);
      return true;
    });
}

/** Finds the same things in two states, by one identity after the other; where several share one, by what they hold. */
export function match<T>(from: readonly T[], to: readonly T[], { identities, content }: Ways<T>): Matched<T> {
  const pairs: Pairing<T>[] = [];
  let [removed, added] = [from, to];
  for (const identity of identities) {
    if (removed.length === 0 || added.length === 0) break;
    const after = grouped(added, (item) => identity(item, "to"));
    const before = grouped(removed, (item) => identity(item, "from"));
    const found = [...before].flatMap(([key, group]) => pairsOf({ from: group, to: after.get(key) ?? [] }, content));
    const done = new Set(found.flatMap((pair) => [pair.from, pair.to]));
    pairs.push(...found);
    removed = removed.filter((item) => !done.has(item));
    added = added.filter((item) => !done.has(item));
  }
  return { pairs, removed, added };
}

/** An identity that holds what somebody says of a thing. */
export const facts = (...all: readonly (Json | undefined)[]): string => canonical(all.map((fact) => fact ?? null));

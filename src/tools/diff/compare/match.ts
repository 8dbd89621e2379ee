import { byText } from "../../../core/order.ts";

/** A thing before and after; one side may be missing. */
export type Pairing<T> = Readonly<{ from: T; to: T }>;
export type Matched<T> = Readonly<{ pairs: readonly Pairing<T>[]; removed: readonly T[]; added: readonly T[] }>;

/** An exact identity: the text that both sides must share, or undefined for a thing that has none. */
export type Identity<T> = (item: T, side: "from" | "to") => string | undefined;
/** How alike two things are, or undefined for two that cannot be the same. */
export type Likeness<T> = (from: T, to: T) => number | undefined;

const grouped = <T>(items: readonly T[], key: (item: T) => string | undefined): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const group = name === undefined ? undefined : groups.get(name);
    if (group) group.push(item);
    else if (name !== undefined) groups.set(name, [item]);
  }
  return groups;
};

/** Pairs what only one thing on each side claims. */
function byIdentity<T>(from: readonly T[], to: readonly T[], identity: Identity<T>): readonly Pairing<T>[] {
  const after = grouped(to, (item) => identity(item, "to"));
  return [...grouped(from, (item) => identity(item, "from"))].flatMap(([key, before]) => {
    const same = after.get(key);
    return same?.length === 1 && before.length === 1 ? [{ from: before[0]!, to: same[0]! }] : [];
  });
}

/** Above this many candidates, likeness is no longer asked for all of them. */
const MOST_CANDIDATES = 400_000;

function byLikeness<T>(
  from: readonly T[],
  to: readonly T[],
  likeness: Likeness<T>,
  tie: (item: T) => string,
): readonly Pairing<T>[] {
  if (from.length * to.length > MOST_CANDIDATES) return [];
  const candidates = from.flatMap((before) =>
    to.flatMap((after) => {
      const score = likeness(before, after);
      return score === undefined ? [] : [{ from: before, to: after, score, tie: `${tie(before)}\n${tie(after)}` }];
    }),
  );
  const taken = new Set<T>();
  return candidates
    .sort((a, b) => b.score - a.score || byText(a.tie, b.tie))
    .filter((pair) => {
      if (taken.has(pair.from) || taken.has(pair.to)) return false;
      taken.add(pair.from).add(pair.to);
      return true;
    });
}

/** Pairs what is the same to the letter, one by one, however often it stands. */
function byContent<T>(from: readonly T[], to: readonly T[], content: Identity<T>): readonly Pairing<T>[] {
  const after = grouped(to, (item) => content(item, "to"));
  return [...grouped(from, (item) => content(item, "from"))].flatMap(([key, before]) => {
    const same = after.get(key) ?? [];
    return before.slice(0, same.length).map((item, index) => ({ from: item, to: same[index]! }));
  });
}

/** How things are found again: `identities` that only one of each side has, then `contents` to the letter, then likeness. */
export type Ways<T> = Readonly<{
  identities: readonly Identity<T>[];
  contents: readonly Identity<T>[];
  likeness: Likeness<T>;
  /** An order for equal likeness that does not hang on the files' order. */
  tie: (item: T) => string;
  /** Where to look first. */
  block?: Identity<T>;
}>;

/** Finds the same things in two states. */
export function match<T>(
  from: readonly T[],
  to: readonly T[],
  { identities, contents, likeness, tie, block }: Ways<T>,
): Matched<T> {
  const pairs: Pairing<T>[] = [];
  let [removed, added] = [from, to];
  const take = (found: readonly Pairing<T>[]) => {
    pairs.push(...found);
    const done = new Set(found.flatMap((pair) => [pair.from, pair.to]));
    removed = removed.filter((item) => !done.has(item));
    added = added.filter((item) => !done.has(item));
  };
  for (const identity of identities) take(byIdentity(removed, added, identity));
  for (const content of contents) take(byContent(removed, added, content));
  if (block) {
    const after = grouped(added, (item) => block(item, "to"));
    for (const [key, before] of grouped(removed, (item) => block(item, "from")))
      take(byLikeness(before, after.get(key) ?? [], likeness, tie));
  }
  take(byLikeness(removed, added, likeness, tie));
  return { pairs, removed, added };
}

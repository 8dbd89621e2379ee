import { keyed } from "../../../core/order.ts";
import { canonical, isObject, type Json, leaves, written } from "../json.ts";
import type { List } from "../vocabulary/scope.ts";

/** An item of a list: its name, and its key, which is the name with a number where several have the same. */
export type Item = Readonly<{ name: string; key: string; item: Json; place: number }>;
/** An item before and after; one side may be missing. */
export type ItemPair = Readonly<{ from: Item | undefined; to: Item | undefined }>;

/** The items of a list with their names; one without a name is called by what it is. */
export function itemsOf(items: readonly Json[], list: List): readonly Item[] {
  const nameOf = (item: Json) => (isObject(item) ? list.key(item) : undefined) ?? written(item);
  return [
    ...keyed(
      items.map((item, place) => ({ name: nameOf(item), item, place })),
      ({ name }) => name,
    ),
  ].map(([key, item]) => ({ key, ...item }));
}

/** Which part of two items is the same, from 0 to 1. */
function likenessOf(from: Json, to: Json): number {
  const [before, after] = [new Set(leaves(from)), leaves(to)];
  return after.filter((leaf) => before.has(leaf)).length / Math.max(before.size, after.length, 1);
}

type Text = (item: Item) => string | undefined;
type Left = Readonly<{ from: readonly Item[]; to: readonly Item[] }>;

/** Pairs items of which a text is the same, the first with the first. */
function sameText({ from, to }: Left, text: Text): readonly ItemPair[] {
  const waiting = new Map<string, Item[]>();
  for (const item of to) {
    const key = text(item);
    if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), item]);
  }
  return from.flatMap((item) => {
    const other = waiting.get(text(item) ?? "")?.shift();
    return other ? [{ from: item, to: other }] : [];
  });
}

/** Pairs items of one name, the most alike first. */
function sameName({ from, to }: Left): readonly ItemPair[] {
  const candidates = from.flatMap((before) =>
    to
      .filter(({ name }) => name === before.name)
      .map((after) => ({ from: before, to: after, score: likenessOf(before.item, after.item) })),
  );
  const taken = new Set<Item>();
  const ordered = candidates.toSorted(
    (a, b) => b.score - a.score || a.from.place - b.from.place || a.to.place - b.to.place,
  );
  return ordered.flatMap((pair) => {
    if (taken.has(pair.from) || taken.has(pair.to)) return [];
    taken.add(pair.from).add(pair.to);
    return [{ from: pair.from, to: pair.to }];
  });
}

/** Pairs items that lost their name to another: at the same place, with half of their values. */
const samePlace = ({ from, to }: Left): readonly ItemPair[] =>
  from.flatMap((before) => {
    const after = to.find(({ place }) => place === before.place);
    return after && likenessOf(before.item, after.item) >= 0.5 ? [{ from: before, to: after }] : [];
  });

/** Finds the same items in two lists: what is the same to the letter, the same under a new name, of the same name, at the same place. */
export function pairItems(from: readonly Item[], to: readonly Item[], list: List): readonly ItemPair[] {
  const content: Text = ({ item }) => (isObject(item) ? list.content?.(item) : undefined);
  const found: ItemPair[] = [];
  let left: Left = { from, to };
  const ways: readonly ((left: Left) => readonly ItemPair[])[] = [
    (all) => sameText(all, ({ name, item }) => `${name}\n${canonical(item)}`),
    (all) => sameText(all, content),
    sameName,
    samePlace,
  ];
  for (const way of ways) {
    const pairs = way(left);
    found.push(...pairs);
    const taken = new Set(pairs.flatMap((pair) => [pair.from, pair.to]));
    left = { from: left.from.filter((item) => !taken.has(item)), to: left.to.filter((item) => !taken.has(item)) };
  }
  const gone = left.from.map((item): ItemPair => ({ from: item, to: undefined }));
  const kept = [...found, ...gone].toSorted((a, b) => a.from!.place - b.from!.place);
  return [...kept, ...left.to.map((item): ItemPair => ({ from: undefined, to: item }))];
}

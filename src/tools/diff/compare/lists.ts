import { keyed } from "../../../core/order.ts";
import { canonical, equal, isObject, type Json, written } from "../json.ts";
import type { List } from "../vocabulary/scope.ts";
import { inWords } from "../words.ts";
import { likeness, match, type Pairing } from "./match.ts";

export type Items = readonly Json[];
/** An item of a list: its name, and its key, which is the name with a number where several have the same. */
type Item = Readonly<{ name: string; key: string; item: Json; place: number }>;
/** An item before and after; one of them is not there where it came or went. */
export type ItemPair = Readonly<{ from: Item | undefined; to: Item | undefined }>;

/** The items of a list with their names; one without a name is called by what it is. */
const itemsOf = (items: Items, list: List): readonly Item[] => {
  const named = items.map((item, place) => ({
    name: (isObject(item) ? list.key(item) : undefined) ?? written(item),
    item,
    place,
  }));
  return [...keyed(named, ({ name }) => name)].map(([key, item]) => ({ key, ...item }));
};

/** Pairs two lists' items: to the letter, under a new name, of one name, at one place with half of their values. */
export function pairItems({ from, to }: Pairing<Items>, list: List): readonly ItemPair[] {
  const { pairs, removed, added } = match({ from: itemsOf(from, list), to: itemsOf(to, list) }, [
    ({ name, item }) => `${name}\n${canonical(item)}`,
    ({ item }) => (isObject(item) ? list.content?.(item) : undefined),
    ({ name }) => name,
  ]);
  const others = removed.map((before) => {
    const after = added.find(({ place }) => place === before.place);
    return { from: before, to: after && likeness(before.item, after.item) >= 0.5 ? after : undefined };
  });
  const replacing = new Set(others.map((pair) => pair.to));
  return [
    ...[...pairs, ...others].toSorted((a, b) => a.from.place - b.from.place),
    ...added.filter((item) => !replacing.has(item)).map((item) => ({ from: undefined, to: item })),
  ];
}

/** The keys of the items that stayed, in the order of each side; undefined where it is the same. */
export function ordersOf(pairs: readonly ItemPair[]): Pairing<readonly string[]> | undefined {
  const stayed = pairs.flatMap(({ from, to }) => (from && to ? [to] : []));
  const order = stayed.toSorted((a, b) => a.place - b.place);
  const keys = (items: readonly Item[]) => items.map(({ key }) => key);
  return equal(stayed, order) ? undefined : { from: keys(stayed), to: keys(order) };
}

const NAMES = ["uid", "refId", "job_name", "name", "id", "title"] as const;
/** A list for which there are no words: its items are called by their own names, else by their places. */
export function listWithoutWords({ from, to }: Pairing<Items>, path: string): List {
  const name = NAMES.find((one) =>
    [from, to].every((items) => {
      const found = items.map((item) => (isObject(item) ? item[one] : undefined));
      return found.every((id) => ["string", "number"].includes(typeof id)) && new Set(found).size === items.length;
    }),
  );
  return {
    key: (item) => (name === undefined ? undefined : String(item[name])),
    scope: {},
    say: (item) => inWords(item),
    order: `order of ${path}`,
  };
}

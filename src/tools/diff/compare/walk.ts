import { byText, keyed } from "../../../core/order.ts";
import { asObject, canonical, equal, get, isList, isObject, type Json, written } from "../json.ts";
import type { List, Scope, Side, Term } from "../vocabulary/scope.ts";
import { inWords } from "../words.ts";
import { type Detail, detailOf, orderDetail } from "./detail.ts";
import { likeness, match, type Pairing } from "./match.ts";
import { differences, patched, type Sides } from "./patches.ts";

/** Where a comparison stands: the words that hold there, the path in their scope, the path from the thing's root. */
type Where = Readonly<{
  scope: Scope;
  rel: readonly string[];
  noun: string;
  path: string;
  from: Side;
  to: Side;
}>;

const joined = (path: readonly string[]): string => path.join(".").replaceAll(".[", "[");
const step = (where: Where, key: string): Where => ({
  ...where,
  rel: [...where.rel, key],
  path: joined([where.path, key].filter(Boolean)),
});

function termAt({ scope, rel }: Where): Term | undefined {
  const path = joined(rel);
  const term = scope.terms?.[path];
  if (term !== undefined) return typeof term === "string" ? { what: term } : term;
  const isKnown = scope.lists?.[path] || rel.length === 0;
  return isKnown ? undefined : scope.maps?.[joined(rel.slice(0, -1))]?.(rel.at(-1)!);
}

/** Tells a part by its word, else by its path. */
function detailAt(sides: Sides, where: Where, term?: Term): Detail {
  const long = [sides.from, sides.to].every((value) => typeof value === "string") && String(sides.to).length > 60;
  const name =
    typeof term?.what === "function"
      ? { of: "", what: term.what(where.noun) }
      : { of: where.noun, what: term?.what ?? joined(where.rel) };
  return detailOf(
    { ...name, path: where.path, ...sides },
    {
      form: term?.form ?? (long ? "text" : "value"),
      say: (value, side) => term?.say?.(value, where[side]) ?? inWords(value, where.rel.at(-1)),
    },
  );
}

/** The difference in the words of a term, and what changed without a trace in them; undefined where they say none. */
function inTerm({ from, to }: Sides, where: Where, term: Term): readonly Detail[] | undefined {
  const whole = detailAt({ from, to }, where, term);
  if (!term.say || from === undefined || to === undefined) return [whole];
  const [before, after] = [term.say(from, where.from), term.say(to, where.to)];
  if (before === after || before === undefined || after === undefined) return undefined;
  const silent = differences({ from, to }).filter(
    (path) => path.length > 0 && term.say!(patched({ from, to }, path)!, where.from) === before,
  );
  const left = silent.reduce<Json>((value, path) => patched({ from: value, to }, path)!, from);
  return [whole, ...(silent.length > 0 ? (inside({ from, to: left }, where) ?? []) : [])];
}

/** Keys in the order in which the scope has words for them, then by name. */
function inOrder(keys: readonly string[], { scope, rel }: Where): readonly string[] {
  const worded = Object.keys({ ...scope.lists, ...scope.terms, ...scope.maps });
  const place = (key: string) => {
    const path = joined([...rel, key]);
    const found = worded.findIndex((one) => one === path || one.startsWith(`${path}.`));
    return found === -1 ? worded.length : found;
  };
  return keys.toSorted((a, b) => place(a) - place(b) || byText(a, b));
}

/** The differences of the parts of two values; undefined when they have none that could be told apart. */
function inside(sides: Sides, where: Where): readonly Detail[] | undefined {
  const { from, to } = sides;
  const both = from !== undefined && to !== undefined;
  const path = joined(where.rel);
  const list = where.scope.lists?.[path];
  if ([from ?? [], to ?? []].every(isList)) {
    const [before, after] = [(from ?? []) as Items, (to ?? []) as Items];
    if (!list && !both) return undefined;
    if (!list && [...before, ...after].every((item) => typeof item !== "object" || item === null)) return undefined;
    const lists = { from: before, to: after };
    const details = walkList(lists, list ?? listWithoutWords(lists, path), where);
    return both || details.length > 0 ? details : undefined;
  }
  if (![from ?? {}, to ?? {}].every(isObject)) return undefined;
  // A part that came or went is told by its parts where there are words for them.
  const words = Object.keys({ ...where.scope.terms, ...where.scope.lists, ...where.scope.maps });
  if (!both && !words.some((one) => path === "" || one.startsWith(`${path}.`))) return undefined;
  const [before, after] = [asObject(from), asObject(to)];
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const keys = all.filter((key) => !equal(get(before, key), get(after, key)));
  const ordered = keys.length > 1 ? inOrder(keys, where) : keys;
  const details = ordered.flatMap((key) => walk({ from: get(before, key), to: get(after, key) }, step(where, key)));
  return both || details.length > 0 ? details : undefined;
}

/** Every difference of two values, by the words of a scope; the order of lists counts only where it means something. */
export function walk(sides: Sides, where: Where): readonly Detail[] {
  if (equal(sides.from, sides.to)) return [];
  const term = termAt(where);
  return (term && inTerm(sides, where, term)) ?? inside(sides, where) ?? [detailAt(sides, where, term)];
}

type Items = readonly Json[];
/** An item of a list: its name, and its key, which is the name with a number where several have the same. */
type Item = Readonly<{ name: string; key: string; item: Json; place: number }>;

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
function pairItems(lists: Pairing<readonly Item[]>, list: List) {
  const { pairs, removed, added } = match(lists, [
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

const NAMES = ["uid", "refId", "job_name", "name", "id", "title"] as const;
/** A list for which there are no words: its items are called by their own names, else by their places. */
function listWithoutWords({ from, to }: Pairing<Items>, path: string): List {
  const isName = (items: Items) => (name: string) => {
    const found = items.map((item) => (isObject(item) ? item[name] : undefined));
    return found.every((one) => ["string", "number"].includes(typeof one)) && new Set(found).size === items.length;
  };
  const name = NAMES.find((one) => isName(from)(one) && isName(to)(one));
  return {
    key: (item) => (name === undefined ? undefined : String(item[name])),
    scope: {},
    say: (item) => inWords(item),
    order: `order of ${path}`,
  };
}

/** The differences of two lists. */
function walkList({ from, to }: Readonly<{ from: Items; to: Items }>, list: List, where: Where): readonly Detail[] {
  const pairs = pairItems({ from: itemsOf(from, list), to: itemsOf(to, list) }, list);
  const details = pairs.flatMap(({ from: before, to: after }) => {
    const { key, item, place } = (after ?? before)!;
    const sides = { from: before?.item, to: after?.item };
    const part = (side: "from" | "to"): Side => ({ ...where[side], part: asObject(sides[side]) });
    const at = { from: part("from"), to: part("to") };
    const side = after === undefined ? "from" : "to";
    if (!list.noun) {
      const called = `[${isObject(item) && list.key(item) !== undefined ? key : place}]`;
      const there = { ...step(where, called), ...at };
      return before && after ? walk(sides, there) : [detailAt(sides, there)];
    }
    const { entity } = where[side];
    const noun = list.noun(asObject(item), { key, entity, items: { from, to }[side] });
    const full = [where.noun, noun].filter(Boolean).join(" · ");
    const path = `${where.path}[${key}]`;
    if (before && after) return walk(sides, { scope: list.scope, rel: [], noun: full, path, ...at });
    const say = (one: Json) => (isObject(one) ? list.say(one, at[side]) : inWords(one));
    return [detailOf({ of: "", what: full, path, ...sides }, { form: list.form ?? "value", say })];
  });
  if (list.order === undefined) return details;
  const stayed = pairs.flatMap((pair) => (pair.from && pair.to ? [pair.to] : []));
  const order = stayed.toSorted((a, b) => a.place - b.place);
  if (equal(stayed, order)) return details;
  const keys = (items: readonly Item[]) => items.map(({ key }) => key);
  const what = [where.noun, list.order].filter(Boolean).join(" · ");
  return [...details, orderDetail(what, where.path, { from: keys(stayed), to: keys(order) })];
}

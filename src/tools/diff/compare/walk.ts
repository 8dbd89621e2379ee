import { byText } from "../../../core/order.ts";
import { asObject, equal, get, isContainer, isList, isObject, type Json } from "../json.ts";
import type { List, Scope, Side, Term } from "../vocabulary/scope.ts";
import { inWords } from "../words.ts";
import { type Detail, detailOf, orderDetail } from "./detail.ts";
import { type ItemPair, type Items, listWithoutWords, ordersOf, pairItems } from "./lists.ts";
import type { Pairing } from "./match.ts";
import { differences, patched, type Sides } from "./patches.ts";

/** Where a comparison stands: the words that hold there, the path in their scope, the path from the thing's root. */
type Where = Pairing<Side> & Readonly<{ scope: Scope; rel: readonly string[]; noun: string; path: string }>;

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

/** The paths for which there are words, in the order of telling. */
const worded = ({ lists, terms, maps }: Scope): readonly string[] => Object.keys({ ...lists, ...terms, ...maps });

/** Keys in the order of telling, then by name. */
function inOrder(keys: readonly string[], { scope, rel }: Where): readonly string[] {
  const paths = worded(scope);
  const place = (key: string) => {
    const path = joined([...rel, key]);
    const found = paths.findIndex((one) => one === path || one.startsWith(`${path}.`));
    return found === -1 ? paths.length : found;
  };
  return keys.toSorted((a, b) => place(a) - place(b) || byText(a, b));
}

const isWhole = ({ from, to }: Sides): boolean => from !== undefined && to !== undefined;

/** Grafana writes `null`, too, for a list or an object in which nothing is. */
function insideLists(sides: Sides, where: Where): readonly Detail[] | undefined {
  const [from, to] = [sides.from ?? [], sides.to ?? []];
  if (!isList(from) || !isList(to)) return undefined;
  const path = joined(where.rel);
  const list = where.scope.lists?.[path];
  if (!list && (!isWhole(sides) || ![...from, ...to].some(isContainer))) return undefined;
  return walkList({ from, to }, list ?? listWithoutWords({ from, to }, path), where);
}

function insideObjects(sides: Sides, where: Where): readonly Detail[] | undefined {
  const [from, to] = [sides.from ?? {}, sides.to ?? {}];
  if (!isObject(from) || !isObject(to)) return undefined;
  const path = joined(where.rel);
  const hasWords = () => worded(where.scope).some((one) => path === "" || one.startsWith(`${path}.`));
  // A part that came or went is told by its parts where there are words for them.
  if (!isWhole(sides) && !hasWords()) return undefined;
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  const changed = keys.filter((key) => !equal(get(from, key), get(to, key)));
  return inOrder(changed, where).flatMap((key) => walk({ from: get(from, key), to: get(to, key) }, step(where, key)));
}

/** The differences of the parts of two values; undefined when they have none that could be told apart. */
function inside(sides: Sides, where: Where): readonly Detail[] | undefined {
  const details = insideLists(sides, where) ?? insideObjects(sides, where);
  return isWhole(sides) || details?.length ? details : undefined;
}

/** Every difference of two values, by the words of a scope; the order of lists counts only where it means something. */
export function walk(sides: Sides, where: Where): readonly Detail[] {
  if (equal(sides.from, sides.to)) return [];
  const term = termAt(where);
  return (term && inTerm(sides, where, term)) ?? inside(sides, where) ?? [detailAt(sides, where, term)];
}

type Among = Readonly<{ lists: Pairing<Items>; where: Where }>;

/** The differences of an item of a list, or that it came or went. */
function walkItem({ from, to }: ItemPair, list: List, { lists, where }: Among): readonly Detail[] {
  const { key, item, place } = (to ?? from)!;
  const sides = { from: from?.item, to: to?.item };
  const part = (side: "from" | "to"): Side => ({ ...where[side], part: asObject(sides[side]) });
  const parts = { from: part("from"), to: part("to") };
  const side = to === undefined ? "from" : "to";
  if (!list.noun) {
    const isNamed = isObject(item) && list.key(item) !== undefined;
    const there = { ...step(where, `[${isNamed ? key : place}]`), ...parts };
    return from && to ? walk(sides, there) : [detailAt(sides, there)];
  }
  const noun = list.noun(asObject(item), { key, entity: where[side].entity, items: lists[side] });
  const full = [where.noun, noun].filter(Boolean).join(" · ");
  const path = `${where.path}[${key}]`;
  if (from && to) return walk(sides, { scope: list.scope, rel: [], noun: full, path, ...parts });
  const say = (one: Json) => (isObject(one) ? list.say(one, parts[side]) : inWords(one));
  return [detailOf({ of: "", what: full, path, ...sides }, { form: list.form ?? "value", say })];
}

/** The differences of two lists. */
function walkList(lists: Pairing<Items>, list: List, where: Where): readonly Detail[] {
  const pairs = pairItems(lists, list);
  const details = pairs.flatMap((pair) => walkItem(pair, list, { lists, where }));
  const orders = list.order && ordersOf(pairs);
  if (!orders) return details;
  const what = [where.noun, list.order].filter(Boolean).join(" · ");
  return [...details, orderDetail(what, where.path, orders)];
}

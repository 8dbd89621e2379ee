import { diffArrays } from "diff";
import { asObject, equal, isObject, type Json, type JsonObject } from "../json.ts";
import type { List, Side } from "../vocabulary/scope.ts";
import { inWords } from "../words.ts";
import { type Detail, detailOf, orderDetail } from "./detail.ts";
import { type ItemPair, itemsOf, pairItems } from "./pair-items.ts";
import { step, told, type Where, walk } from "./walk.ts";

type Items = readonly Json[];

function oneItem(
  list: List,
  where: Where,
  all: Readonly<{ from: Items; to: Items }>,
  { from: before, to: after }: ItemPair,
) {
  const sides: Both = { from: before?.item, to: after?.item };
  const key = (after ?? before)!.key;
  const [from, to]: readonly [Side, Side] = [
    { ...where.from, part: asObject(sides.from) },
    { ...where.to, part: asObject(sides.to) },
  ];
  const side = after === undefined ? "from" : "to";
  const noun = list.noun(asObject(sides[side]), key, where[side], all[side]);
  const full = [where.noun, noun].filter((part) => part !== "").join(" · ");
  const path = `${where.path}[${key}]`;
  if (sides.from !== undefined && sides.to !== undefined)
    return walk(sides, { scope: list.scope, rel: [], noun: full, path, from, to });
  const say = (item: Json) => (isObject(item) ? list.say(item, side === "from" ? from : to) : inWords(item));
  return [detailOf({ of: "", what: full, path, ...sides }, list.form ?? "value", say)];
}
type Both = Readonly<{ from: Json | undefined; to: Json | undefined }>;

/** The differences of two lists whose items have names. */
export function walkList(from: Items, to: Items, list: List, where: Where): readonly Detail[] {
  const [before, after] = [itemsOf(from, list), itemsOf(to, list)];
  const pairs = pairItems(before, after, list);
  const details = pairs.flatMap((pair) => oneItem(list, where, { from, to }, pair));
  if (list.order === undefined) return details;
  const stayed = pairs.flatMap((pair) => (pair.from && pair.to ? [pair.to.key] : []));
  const order = after.map(({ key }) => key).filter((key) => stayed.includes(key));
  return equal(stayed, order)
    ? details
    : [...details, orderDetail([where.noun, list.order].filter(Boolean).join(" · "), where.path, stayed, order)];
}

const NAMES = ["uid", "refId", "job_name", "name", "id", "title"] as const;

function nameIn(items: Items): string | undefined {
  return NAMES.find((name) => {
    const found = items.map((item) => (isObject(item) ? item[name] : undefined));
    return (
      found.every((value) => typeof value === "string" || typeof value === "number") &&
      new Set(found).size === items.length
    );
  });
}

/** The differences of two lists for which there are no words: by the items' own names, else by their places. */
export function autoList(from: Items, to: Items, where: Where): readonly Detail[] | undefined {
  const [before, after] = [nameIn(from), nameIn(to)];
  if (from.length > 0 && to.length > 0 && before !== undefined && before === after) {
    const path = where.rel.join(".");
    const key = (item: JsonObject) => String(item[before]);
    return walkList(
      from,
      to,
      {
        key,
        noun: (_, name) => `${path}[${name}]`,
        scope: {},
        say: (item) => inWords(item),
        order: `order of ${path}`,
      },
      where,
    );
  }
  if ([...from, ...to].every((item) => typeof item !== "object" || item === null)) return undefined;
  let [old, next] = [0, 0];
  const parts = diffArrays([...from], [...to], { comparator: equal });
  return parts.flatMap(({ added, removed, value }, index): readonly Detail[] => {
    if (!added && !removed) {
      old += value.length;
      next += value.length;
      return [];
    }
    // A run of removed items is told with the run of added ones that takes its place.
    if (added && index > 0 && parts[index - 1]!.removed) return [];
    const instead = removed && parts[index + 1]?.added ? parts[index + 1]!.value : [];
    const [gone, come] = removed ? [value, instead] : [[], value];
    const details = Array.from({ length: Math.max(gone.length, come.length) }, (_, place) =>
      placeDetails({ from: gone[place], to: come[place] }, where, (place < come.length ? next : old) + place),
    ).flat();
    old += gone.length;
    next += come.length;
    return details;
  });
}

function placeDetails(sides: Both, where: Where, place: number): readonly Detail[] {
  const last = where.rel.at(-1) ?? "";
  const at = step(
    {
      ...where,
      rel: where.rel.slice(0, -1),
      path: where.path.slice(0, where.path.length - last.length).replace(/\.$/, ""),
    },
    `${last}[${place}]`,
  );
  if (sides.from !== undefined && sides.to !== undefined) return walk(sides, at);
  return [told(sides, at)];
}

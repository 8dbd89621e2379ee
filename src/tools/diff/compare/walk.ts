import { byText } from "../../../core/order.ts";
import { asList, asObject, equal, isList, isObject, type Json, type JsonObject } from "../json.ts";
import type { Scope, Side, Term } from "../vocabulary/scope.ts";
import { inWords } from "../words.ts";
import { type Detail, detailOf } from "./detail.ts";
import { differences, patched } from "./patches.ts";
import { autoList, walkList } from "./walk-list.ts";

/** Where a comparison stands: the words that hold there, the path inside their scope, and the path from the thing's root. */
export type Where = Readonly<{
  scope: Scope;
  rel: readonly string[];
  noun: string;
  path: string;
  from: Side;
  to: Side;
}>;
export type Sides = Readonly<{ from: Json | undefined; to: Json | undefined }>;

export const step = (where: Where, key: string): Where => ({
  ...where,
  rel: [...where.rel, key],
  path: where.path === "" ? key : `${where.path}.${key}`,
});

function termAt({ scope, rel }: Where): Term | undefined {
  const path = rel.join(".");
  if (scope.terms?.[path] || scope.lists?.[path] || rel.length === 0) return scope.terms?.[path];
  return scope.maps?.[rel.slice(0, -1).join(".")]?.(rel.at(-1)!);
}

/** Whether words exist for something below here, so that a part which came or went is told by them. */
const hasWordsBelow = ({ scope, rel }: Where): boolean => {
  const prefix = rel.length === 0 ? "" : `${rel.join(".")}.`;
  return [scope.terms, scope.lists, scope.maps].some((words) =>
    Object.keys(words ?? {}).some((path) => path.startsWith(prefix)),
  );
};

/** What a part is called: by its word, else by its path. */
function nameOf({ noun, rel }: Where, term: Term | undefined): Readonly<{ of: string; what: string }> {
  if (typeof term?.what === "function") return { of: "", what: term.what(noun) };
  return { of: noun, what: term?.what ?? rel.join(".") };
}

export function told(sides: Sides, where: Where, term?: Term): Detail {
  const long = [sides.from, sides.to].every((value) => typeof value === "string") && String(sides.to).length > 60;
  return detailOf(
    { ...nameOf(where, term), path: where.path, ...sides },
    term?.form ?? (long ? "text" : "value"),
    (value, side) => {
      return term?.say?.(value, where[side]) ?? inWords(value, where.rel.at(-1));
    },
  );
}

const isWorded = (sides: Sides, where: Where, term: Term): boolean => {
  const { from, to } = sides;
  if (!term.say || from === undefined || to === undefined) return true;
  const [before, after] = [term.say(from, where.from), term.say(to, where.to)];
  return before !== after && before !== undefined && after !== undefined;
};

/** What changed without a trace in the sentence that a term says of the whole. */
function untold({ from, to }: Sides, where: Where, { say }: Term): readonly Detail[] {
  if (!say || from === undefined || to === undefined || typeof from !== "object") return [];
  const sentence = say(from, where.from);
  const silent = differences(from, to).filter(
    (path) => path.length > 0 && say(patched(from, to, path)!, where.from) === sentence,
  );
  if (silent.length === 0) return [];
  return inside({ from, to: silent.reduce<Json>((value, path) => patched(value, to, path)!, from) }, where) ?? [];
}

/** Keys in the order in which the scope has words for them, then by name. */
function inOrder(keys: readonly string[], { scope, rel }: Where): readonly string[] {
  const known = Object.keys({ ...scope.lists, ...scope.terms, ...scope.maps }).map((path) => path.split("."));
  const rank = (key: string) => known.findIndex((path) => [...rel, key].every((part, index) => part === path[index]));
  const place = (key: string) => (rank(key) === -1 ? known.length : rank(key));
  return keys.toSorted((a, b) => place(a) - place(b) || byText(a, b));
}

/** The differences of the parts of two values; undefined when they have none that could be told apart. */
function inside(sides: Sides, where: Where): readonly Detail[] | undefined {
  const { from, to } = sides;
  const both = from !== undefined && to !== undefined;
  const list = where.scope.lists?.[where.rel.join(".")];
  if (list && [from, to].every((value) => isList(value) || value === undefined)) {
    const details = walkList(asList(from), asList(to), list, where);
    return both || details.length > 0 ? details : undefined;
  }
  if (isList(from) && isList(to)) return autoList(from, to, where);
  if (![from, to].every((value) => isObject(value) || value === undefined) || !(both || hasWordsBelow(where)))
    return undefined;
  const [before, after] = [asObject(from), asObject(to)];
  const keys = inOrder([...new Set([...Object.keys(before), ...Object.keys(after)])], where);
  const own = (value: JsonObject, key: string) => (Object.hasOwn(value, key) ? value[key] : undefined);
  const details = keys.flatMap((key) => walk({ from: own(before, key), to: own(after, key) }, step(where, key)));
  return both || details.length > 0 ? details : undefined;
}

/** Every difference of two values, by the words of a scope; only the order of lists whose order means nothing is no difference. */
export function walk(sides: Sides, where: Where): readonly Detail[] {
  if (equal(sides.from, sides.to)) return [];
  const term = termAt(where);
  if (term && isWorded(sides, where, term)) return [told(sides, where, term), ...untold(sides, where, term)];
  return inside(sides, where) ?? [told(sides, where, term)];
}

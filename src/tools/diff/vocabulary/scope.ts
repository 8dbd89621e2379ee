import { asText, isObject, type Json, type JsonObject } from "../json.ts";
import type { Entity, State } from "../model/model.ts";
import { inWords } from "../words.ts";

/** One side of a comparison: the thing, and the part of it that is being compared. */
export type Side = Readonly<{ state: State; entity: Entity; part: JsonObject }>;

/** How a value is told; `query` and `text` show the tokens that changed, `name` is a title: its change is a rename. */
export type Form = "value" | "query" | "text" | "name";
type Say = (value: Json, side: Side) => string | undefined;
/** What a value is called; `noun` is what its list calls the part that it stands in. `say` may decline. */
export type Term = Readonly<{ what: string | ((noun: string) => string); form?: Form; say?: Say }>;

/** An item's name, the list that it stands in, and the thing that the list is part of. */
type Within = Readonly<{ key: string; items: readonly Json[]; entity: Entity }>;

/** A list whose items have a name: how to find it, what an item is called, what is said of one that came or went. */
export type List = Readonly<{
  key: (item: JsonObject) => string | undefined;
  /** Without a noun, an item is called by its path. */
  noun?: (item: JsonObject, within: Within) => string;
  scope: Scope;
  /** What an item is but for its name: one of another name with the same content is the same item, renamed. */
  content?: (item: JsonObject) => string | undefined;
  form?: Form;
  say: (item: JsonObject, side: Side) => string;
  /** What the order is called; without it, the order means nothing. */
  order: string | undefined;
}>;

/** The words for a thing's parts, by path, in the order of telling; what has no word is told by its path. */
export type Scope = Readonly<{
  terms?: Readonly<Record<string, Term | string>>;
  lists?: Readonly<Record<string, List>>;
  /** Objects whose keys are names that people chose, as labels. */
  maps?: Readonly<Record<string, (key: string) => Term>>;
}>;

export const quoted = (text: string): string => `“${text}”`;
export const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(", ");

export const query: Term = { what: "query", form: "query" };
export const title: Term = { what: "title", form: "name" };
export const text = (what: string): Term => ({ what, form: "text" });
export const saying = (what: string, say: Say): Term => ({ what, say });
/** What is called as the part that it stands in. */
export const here = (term: Omit<Term, "what">): Term => ({ ...term, what: (noun) => noun });
/** A data source is said by its type and its uid. */
export const datasource = saying("data source", (value) => {
  const isPlain = isObject(value) && Object.keys(value).every((key) => key === "type" || key === "uid");
  return isPlain ? [value.type, value.uid].flatMap((one) => asText(one) ?? []).join(" ") || undefined : undefined;
});

/** The words of some kind of thing, beside those that mean the same everywhere. */
export const words = ({ terms, ...more }: Scope = {}): Scope => {
  const first = { title, name: { what: "name", form: "name" }, expr: query, datasource, url: "address" } as const;
  return { ...more, terms: { ...first, ...terms, description: text("description"), $file: "file" } };
};

type Named = Partial<List> & Readonly<{ of: string; by?: string }>;
/** A list whose items have their name in a key, and are called by a word and it. */
export const named = ({ of, by = "name", ...list }: Named): List => ({
  key: (item) => asText(item[by]),
  noun: (_, { key }) => `${of} ${quoted(key)}`,
  scope: words(),
  say: (item) => inWords(item),
  order: `order of ${of}s`,
  ...list,
});

import { asText, type Json, type JsonObject } from "../json.ts";
import type { Entity, State } from "../model/model.ts";
import { inWords } from "../words.ts";
import * as say from "./say.ts";

/** One side of a comparison: the thing, and the part of it that is being compared. */
export type Side = Readonly<{ state: State; entity: Entity; part: JsonObject }>;

/** How a value is told; `query` and `text` show the tokens that changed, `name` is a title: its change is a renaming. */
export type Form = "value" | "query" | "text" | "name";
/** What a value is called; `noun` is what its list calls the part that it stands in. `say` may decline. */
export type Term = Readonly<{
  what: string | ((noun: string) => string);
  form?: Form;
  say?: (value: Json, side: Side) => string | undefined;
}>;

/** A list whose items have a name: how to find it, what an item is called, what is said of one that came or went. */
export type List = Readonly<{
  key: (item: JsonObject) => string | undefined;
  /** Without a noun, an item is called by its path. */
  noun?: (item: JsonObject, key: string, side: Side, items: readonly Json[]) => string;
  scope: Scope;
  /** What an item is but for its name: one of another name with the same content is the same item, that got a new name. */
  content?: (item: JsonObject) => string | undefined;
  form?: Form;
  say: (item: JsonObject, side: Side) => string;
  /** What the order is called; without it, the order means nothing. */
  order?: string;
}>;

/** The words for the parts of a thing, by their path, in the order in which they are told; what has no word is told by its path. */
export type Scope = Readonly<{
  terms?: Readonly<Record<string, Term | string>>;
  lists?: Readonly<Record<string, List>>;
  /** Objects whose keys are names that people chose, as labels. */
  maps?: Readonly<Record<string, (key: string) => Term>>;
}>;

export const quoted = (text: string): string => `“${text}”`;

export const query: Term = { what: "query", form: "query" };
export const text = (what: string): Term => ({ what, form: "text" });
export const name: Term = { what: "name", form: "name" };
export const title: Term = { what: "title", form: "name" };
export const said = (what: string, as: Term["say"] & {}): Term => ({ what, say: as });
export const yesNo = (what: string): Term => said(what, say.yesNo);
export const duration = (what: string): Term => said(what, say.duration);
export const datasource: Term = said("data source", say.datasource);
/** What is called as the part that it stands in. */
export const here = (term: Omit<Term, "what">): Term => ({ ...term, what: (noun) => noun });

type Named = Omit<Partial<List>, "key"> & Readonly<{ of: string; key?: string }>;
/** A list whose items have their name in a key, and are called by a word and it. */
export const named = ({ of, key = "name", ...list }: Named): List => ({
  key: (item) => asText(item[key]),
  noun: (_, own) => `${of} ${quoted(own)}`,
  scope: {},
  say: (item) => inWords(item),
  order: `order of ${of}s`,
  ...list,
});

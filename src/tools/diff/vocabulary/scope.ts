import type { Json, JsonObject } from "../json.ts";
import type { Entity, State } from "../model/model.ts";

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
  noun: (item: JsonObject, key: string, side: Side, items: readonly Json[]) => string;
  scope: Scope;
  /** What an item is but for its name: one of another name with the same content is the same item, that got a new name. */
  content?: (item: JsonObject) => string | undefined;
  form?: Form;
  say: (item: JsonObject, side: Side) => string;
  /** What the order is called; without it, the order means nothing. */
  order?: string;
}>;

/** The words for the parts of a thing, by their path; what has no word is told by its path. */
export type Scope = Readonly<{
  terms?: Readonly<Record<string, Term>>;
  lists?: Readonly<Record<string, List>>;
  /** Objects whose keys are names that people chose, as labels. */
  maps?: Readonly<Record<string, (key: string) => Term>>;
}>;

export const quoted = (text: string): string => `“${text}”`;

import { asList, asObject, asText, isObject, type Json, leaves, without } from "../json.ts";
import type { Entity } from "../model/model.ts";
import { queryTokens, textTokens } from "../tokens.ts";

type Bag = ReadonlyMap<string, number>;
const bags = new WeakMap<Entity, Readonly<{ title: Bag; content: Bag; text: string }>>();

function bagOf(texts: readonly string[]): Bag {
  const bag = new Map<string, number>();
  for (const text of texts) bag.set(text, (bag.get(text) ?? 0) + 1);
  return bag;
}

/** Dice's coefficient of two bags: 1 for equal ones, 0 for those that share nothing. */
function dice(a: Bag, b: Bag): number {
  let [shared, all] = [0, 0];
  for (const [text, count] of a) {
    shared += Math.min(count, b.get(text) ?? 0);
    all += count;
  }
  for (const count of b.values()) all += count;
  return all === 0 ? 1 : (2 * shared) / all;
}

export const QUERY_KEYS = ["expr", "query", "rawSql", "rawQuery", "expression"] as const;

/** The queries of a panel or a rule, as text. */
export function queriesOf({ body }: Entity): readonly string[] {
  const query = (item: Json): readonly string[] => {
    const from = isObject(asObject(item).model) ? asObject(asObject(item).model) : asObject(item);
    return QUERY_KEYS.flatMap((key) => asText(from[key]) ?? []);
  };
  return [...asList(body.targets), ...asList(body.data), body].flatMap(query);
}

function bagsOf(entity: Entity) {
  const known = bags.get(entity);
  if (known) return known;
  const queries = queriesOf(entity);
  const content =
    queries.length > 0
      ? queries.flatMap((text) => queryTokens(text).map((token) => token.text))
      : leaves(without(entity.body, "title", "name", "id", "uid"));
  const made = {
    title: bagOf(textTokens(entity.title).map(({ text }) => text.toLowerCase())),
    content: bagOf(content),
    text: content.join(" "),
  };
  bags.set(entity, made);
  return made;
}

/** How alike two queries are, from 0 to 1. */
export const queryLikeness = (a: string, b: string): number =>
  dice(bagOf(queryTokens(a).map(({ text }) => text)), bagOf(queryTokens(b).map(({ text }) => text)));

/**
 * How alike two things are, from 0 to 1: title, queries (or all options of a thing without queries) and type.
 * Queries of one system share most of their tokens: below half of them, they have nothing in common.
 */
export function likeness(a: Entity, b: Entity): number {
  const [one, other] = [bagsOf(a), bagsOf(b)];
  const title = a.title === b.title ? 1 : 0.8 * dice(one.title, other.title);
  const content = one.text === other.text ? 1 : Math.max(0, 1.6 * (dice(one.content, other.content) - 0.5));
  return 0.4 * title + 0.5 * content + (a.body.type === b.body.type ? 0.1 : 0);
}

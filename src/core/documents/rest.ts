import { type Container, entriesOf, isContainer, isList, type Json } from "./json.ts";
import type { Recognised } from "./recognise.ts";

type Left = Readonly<{ leftOf: (path: readonly string[]) => Json | undefined }>;
const keyOf = (path: readonly string[]) => JSON.stringify(path);

/**
 * What is left of a document without what was recognised in it; `leftOf` says what is left of a part.
 * Undefined where nothing is: a list or a map goes with the last of its parts.
 */
export function restOf(document: Json, { parts, embedded, leftOf }: Recognised & Left): Json | undefined {
  const partPaths = new Set(parts.map(({ path }) => keyOf(path)));
  const texts = new Map(embedded.map(({ path, value }) => [keyOf(path), value]));
  const onTheWay = new Set(
    [...parts, ...embedded].flatMap(({ path }) => path.map((_, index) => keyOf(path.slice(0, index)))),
  );

  const rest = (value: Json, path: readonly string[]): Json | undefined => {
    const key = keyOf(path);
    if (partPaths.has(key)) return leftOf(path);
    if (!onTheWay.has(key)) return value;
    return isContainer(value) ? restOfContainer(value, path) : restOfText(path);
  };
  const restOfContainer = (value: Container, path: readonly string[]): Json | undefined => {
    const left = entriesOf(value).flatMap(([key, item]) => {
      const kept = rest(item, [...path, key]);
      return kept === undefined ? [] : [[key, kept] as const];
    });
    if (left.length === 0) return undefined;
    return isList(value) ? left.map(([, item]) => item) : Object.fromEntries(left);
  };
  const restOfText = (path: readonly string[]): Json | undefined => {
    const left: Json[] = [];
    for (let index = 0; texts.has(keyOf([...path, String(index)])); index++) {
      const kept = rest(texts.get(keyOf([...path, String(index)]))!, [...path, String(index)]);
      if (kept !== undefined) left.push(kept);
    }
    return left.length === 0 ? undefined : left;
  };
  return rest(document, []);
}

import { nestedScanner, type Scan } from "./json-nested.ts";
import { blockEnd, colonAfter, nextToken, stringEnd, valueAt } from "./json-scan.ts";

/** The keys and indexes (`[0]`) of a path such as `conn.id` or `tags[0]["a b"]`. */
export function parsePath(path: string): readonly string[] {
  const parts: string[] = [];
  const part = /\.?([A-Za-z_][\w]*)|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]/y;
  while (part.lastIndex < path.length) {
    const at = part.lastIndex;
    const found = part.exec(path);
    if (!found || (at === 0 && path.startsWith("."))) throw new Error(`invalid path ${JSON.stringify(path)}`);
    if (found[1] !== undefined) parts.push(found[1]);
    else parts.push(found[3] === undefined ? found[2]!.replace(/\\(.)/g, "$1") : `[${found[3]}]`);
  }
  if (parts.length === 0) throw new Error("an empty path");
  return parts;
}

/** What looks for several paths at once. */
export function pathScanner(paths: readonly (readonly string[])[]): Scan {
  const names = paths.map(([name]) => name!);
  const isFlat =
    paths.every(({ length }) => length === 1) && names.length <= 30 && !names.some((name) => name.startsWith("["));
  return isFlat ? flatScanner(names) : nestedScanner(paths);
}

const ABSENT = -1;
const UNSURE = -2;

/**
 * Finds the colon of one field by searching for its name, which costs a fraction of walking over the line.
 * Where nothing nested or escaped and a whole number of strings stands before it, it is the field's; else unsure.
 */
function keyFinder(name: string): (text: string) => number {
  const quoted = `"${name}"`;
  const isFree = (text: string, character: string, end: number) => {
    const at = text.indexOf(character, 1);
    return at < 0 || at > end;
  };
  return (text) => {
    const at = text.indexOf(quoted);
    if (at < 0) return ABSENT;
    if (!isFree(text, "\\", at) || !isFree(text, "{", at) || !isFree(text, "[", at) || !isFree(text, "}", at))
      return UNSURE;
    let quotes = 0;
    for (let quote = text.indexOf('"'); quote < at; quote = text.indexOf('"', quote + 1)) quotes += 1;
    const colon = quotes % 2 === 0 ? colonAfter(text, at + quoted.length - 1) : -1;
    return colon < 0 ? UNSURE : colon;
  };
}

/** Looks for fields of the outermost object only, and builds nothing on the way: most queries ask for one or two. */
function flatScanner(names: readonly string[]): Scan {
  const indexAt = (text: string, from: number, length: number): number => {
    for (let index = 0; index < names.length; index++)
      if (names[index]!.length === length && text.startsWith(names[index]!, from)) return index;
    return -1;
  };
  const all = 2 ** names.length - 1;
  const colonOf = names.length === 1 ? keyFinder(names[0]!) : undefined;
  return (text, found) => {
    if (colonOf && text.charCodeAt(0) === 123) {
      const colon = colonOf(text);
      if (colon !== UNSURE) return colon === ABSENT ? undefined : found(0, valueAt(text, colon + 1));
    }
    let seen = 0;
    let i = nextToken(text, 0);
    if (text.charCodeAt(i) !== 123) return;
    for (i += 1; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 34) {
        const end = stringEnd(text, i + 1);
        if (end < 0) return;
        const colon = colonAfter(text, end);
        const index = colon < 0 ? -1 : indexAt(text, i + 1, end - i - 1);
        i = colon < 0 ? end : colon;
        if (index < 0 || seen & (1 << index)) continue;
        const value = valueAt(text, colon + 1);
        seen |= 1 << index;
        found(index, value);
        if (seen === all || typeof value === "string") return;
        i = value.end - 1;
      } else if (code === 123 || code === 91) {
        const end = blockEnd(text, i);
        if (end < 0) return;
        i = end - 1;
      } else if (code === 125) return;
    }
  };
}

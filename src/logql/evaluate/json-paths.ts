import { blockEnd, type JsonFault, type JsonValue, nextToken, stringEnd, valueAt } from "./json-scan.ts";

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

type Trie = { leaf?: number; children?: Map<string, Trie> };

function trieOf(paths: readonly (readonly string[])[]): Trie {
  const root: Trie = {};
  for (const [index, path] of paths.entries()) {
    let node = root;
    for (const part of path) {
      node.children ??= new Map();
      const child = node.children.get(part) ?? {};
      node.children.set(part, child);
      node = child;
    }
    node.leaf ??= index;
  }
  return root;
}

/** What is found at a path: a value, or a fault of the text there. */
type Found = (index: number, value: JsonValue | JsonFault) => void;

/** Looks for several paths in one pass; text that no path touches need not be JSON. The first of equal keys counts. */
export function pathScanner(paths: readonly (readonly string[])[]): (text: string, found: Found) => void {
  const names = paths.map(([name]) => name!);
  const isFlat =
    paths.every(({ length }) => length === 1) && names.length <= 30 && !names.some((name) => name.startsWith("["));
  return isFlat ? flatScanner(names) : nestedScanner(paths);
}

/** The place of the colon behind a string that ends at `end`, or -1 where it is no key. */
function colonAfter(text: string, end: number): number {
  let at = end + 1;
  while (text.charCodeAt(at) <= 32) at += 1;
  return text.charCodeAt(at) === 58 ? at : -1;
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
function flatScanner(names: readonly string[]): (text: string, found: Found) => void {
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

function nestedScanner(paths: readonly (readonly string[])[]): (text: string, found: Found) => void {
  const root = trieOf(paths);
  const seen = new Set<number>();
  let report: Found = () => {};
  const done = () => seen.size === paths.length;
  const tell: Found = (index, value) => {
    if (seen.has(index)) return;
    seen.add(index);
    report(index, value);
  };
  return (text, found) => {
    seen.clear();
    report = found;
    const start = nextToken(text, 0);
    if (text[start] === "[") scanArray(text, start, root, tell);
    else scanObject(text, start + 1, root, done, tell);
  };
}

/** Walks the fields of an object whose brace was passed; returns the place behind its end, or -1. */
function scanObject(text: string, from: number, trie: Trie, done: () => boolean, tell: Found): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      const end = stringEnd(text, i + 1);
      if (end < 0) return -1;
      const colon = colonAfter(text, end);
      if (colon >= 0) {
        const child = trie.children?.get(text.slice(i + 1, end));
        if (child) {
          const next = take(text, colon + 1, child, done, tell);
          if (next < 0 || done()) return -1;
          i = next - 1;
        } else i = colon;
      } else i = end;
    } else if (code === 123 || code === 91) {
      const end = blockEnd(text, i);
      if (end < 0) return -1;
      i = end - 1;
    } else if (code === 125) return i + 1;
  }
  return -1;
}

/** Tells the value of a path that ends here, and follows those that go on; returns the place behind the value. */
function take(text: string, from: number, trie: Trie, done: () => boolean, tell: Found): number {
  const value = valueAt(text, from);
  if (trie.leaf !== undefined) tell(trie.leaf, value);
  if (typeof value === "string") return trie.children ? scanBroken(text, from, trie, done, tell) : -1;
  if (trie.children && value.kind === "object") scanObject(text, value.from + 1, trie, done, tell);
  if (trie.children && value.kind === "array") scanArray(text, value.from, trie, tell);
  return value.end;
}

const scanBroken = (text: string, from: number, trie: Trie, done: () => boolean, tell: Found) => {
  const brace = text.indexOf("{", from);
  return brace < 0 ? -1 : scanObject(text, brace + 1, trie, done, tell);
};

function scanArray(text: string, from: number, trie: Trie, tell: Found): void {
  let at = from + 1;
  for (let index = 0; ; index++) {
    const value = valueAt(text, at);
    if (typeof value === "string") return;
    const child = trie.children?.get(`[${index}]`);
    if (child?.leaf !== undefined) tell(child.leaf, value);
    if (child?.children && value.kind === "object") scanObject(text, value.from + 1, child, () => false, tell);
    if (child?.children && value.kind === "array") scanArray(text, value.from, child, tell);
    at = value.end;
    while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
    if (text.charCodeAt(at) !== 44) return;
    at += 1;
  }
}

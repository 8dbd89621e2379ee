import { blockEnd, colonAfter, type JsonFault, type JsonValue, nextToken, stringEnd, valueAt } from "./json-scan.ts";

/** What is found at a path: a value, or a fault of the text there. */
type Found = (index: number, value: JsonValue | JsonFault) => void;
/** Looks for several paths in one pass; text that no path touches need not be JSON. The first of equal keys counts. */
export type Scan = (text: string, found: Found) => void;

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

/** Looks for paths that lead into objects and arrays. */
export function nestedScanner(paths: readonly (readonly string[])[]): Scan {
  const root = trieOf(paths);
  const seen = new Set<number>();
  let text = "";
  let report: Found = () => {};
  const tell: Found = (index, value) => {
    if (seen.has(index)) return;
    seen.add(index);
    report(index, value);
  };

  /** Walks the fields of an object whose brace was passed; returns the place behind its end, or -1. */
  const inObject = (from: number, { children }: Trie): number => {
    for (let i = from; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 34) {
        const end = stringEnd(text, i + 1);
        if (end < 0) return -1;
        const colon = colonAfter(text, end);
        const child = colon < 0 ? undefined : children?.get(text.slice(i + 1, end));
        i = child ? take(colon + 1, child) - 1 : Math.max(colon, end);
        if (i < 0 || seen.size === paths.length) return -1;
      } else if (code === 123 || code === 91) {
        const end = blockEnd(text, i);
        if (end < 0) return -1;
        i = end - 1;
      } else if (code === 125) return i + 1;
    }
    return -1;
  };

  const inArray = (from: number, { children }: Trie): void => {
    let at = from;
    for (let index = 0; index === 0 || text.charCodeAt(at) === 44; index++) {
      const value = valueAt(text, at + 1);
      if (typeof value === "string") return;
      const child = children?.get(`[${index}]`);
      if (child) follow(value, child);
      at = value.end;
      while (text.charCodeAt(at) <= 32) at += 1;
    }
  };

  /** Tells the value of a path that ends here, and goes on with those that lead into it. */
  const follow = (value: JsonValue, trie: Trie): void => {
    if (trie.leaf !== undefined) tell(trie.leaf, value);
    if (trie.children && value.kind === "object") inObject(value.from + 1, trie);
    if (trie.children && value.kind === "array") inArray(value.from, trie);
  };

  /** Follows the value of a field; returns the place behind it, or -1. What is broken is looked into all the same. */
  const take = (from: number, trie: Trie): number => {
    const value = valueAt(text, from);
    if (typeof value !== "string") {
      follow(value, trie);
      return value.end;
    }
    if (trie.leaf !== undefined) tell(trie.leaf, value);
    const brace = trie.children ? text.indexOf("{", from) : -1;
    return brace < 0 ? -1 : inObject(brace + 1, trie);
  };

  return (line, found) => {
    seen.clear();
    [text, report] = [line, found];
    const start = nextToken(text, 0);
    if (text[start] === "[") inArray(start, root);
    else inObject(start + 1, root);
  };
}

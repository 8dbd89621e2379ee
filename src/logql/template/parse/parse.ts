import { addTree, type Body, backupTo, type Cursor, fail, next, nextSolid, peek } from "./cursor.ts";
import type { Node, Tree } from "./nodes.ts";
import { definition, isEnd, isKeyword, textOrAction } from "./parse-action.ts";
import { tokenize } from "./tokens.ts";

const topLevel = (cursor: Cursor): Body => {
  const body: Node[] = [];
  while (peek(cursor).type !== "eof") {
    if (peek(cursor).type === "open") {
      const open = next(cursor);
      if (isKeyword(nextSolid(cursor), "define")) {
        definition(cursor);
        continue;
      }
      backupTo(cursor, [open]);
    }
    const node = textOrAction(cursor);
    if (node && isEnd(node)) return fail(cursor, `unexpected {{${node.kind}}}`);
    if (node) body.push(node);
  }
  return body;
};

type ParseOptions = {
  readonly name: string;
  readonly knows: (name: string) => boolean;
  readonly trees?: Map<string, Tree>;
  readonly nestedDefinitions?: boolean;
};

/** Parses a template and its definitions; throws `TemplateSyntaxError`. */
export const parseTemplate = (
  source: string,
  { name, knows, trees = new Map(), nestedDefinitions = false }: ParseOptions,
): Map<string, Tree> => {
  const start = { at: 0, back: 0, variables: [{ name: "$", slot: 0 }], slots: 1, loops: 0, pending: [], actionLine: 0 };
  const cursor: Cursor = {
    file: name,
    source,
    tokens: tokenize(source),
    knows,
    trees,
    nestedDefinitions,
    taken: [],
    ...start,
  };
  addTree(cursor, { name, body: topLevel(cursor) });
  return trees;
};

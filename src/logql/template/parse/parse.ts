import { type Cursor, cursorOver, type ParseOptions } from "./cursor.ts";
import type { Body, Node, Tree } from "./nodes.ts";
import { definition, isEnd, isKeyword, textOrAction } from "./parse-action.ts";

const topLevel = (cursor: Cursor): Body => {
  const body: Node[] = [];
  while (cursor.peek().type !== "eof") {
    if (cursor.peek().type === "open") {
      const open = cursor.next();
      if (isKeyword(cursor.nextSolid(), "define")) {
        definition(cursor);
        continue;
      }
      cursor.backupTo(open);
    }
    const node = textOrAction(cursor);
    if (node && isEnd(node)) return cursor.fail(`unexpected {{${node.kind}}}`);
    if (node) body.push(node);
  }
  return body;
};

/** Parses a template and its definitions; throws `TemplateSyntaxError`. */
export const parseTemplate = (source: string, options: ParseOptions): Map<string, Tree> => {
  const cursor = cursorOver(source, options);
  cursor.addTree({ name: options.name, body: topLevel(cursor) });
  return cursor.trees;
};

import { type Cursor, fail } from "./cursor.ts";
import { isBlank, type Tree } from "./nodes.ts";
import { goQuote } from "./quote.ts";

/** Parses with a frame of variables of its own, as every definition has. */
export const framed = <T>(cursor: Cursor, parse: () => T): T => {
  const { variables, slots, loops } = cursor;
  Object.assign(cursor, { variables: [{ name: "$", slot: 0 }], slots: 1, loops: 0 });
  const parsed = parse();
  Object.assign(cursor, { variables, slots, loops });
  return parsed;
};

export const addTree = (cursor: Cursor, tree: Tree): void => {
  const earlier = cursor.trees.get(tree.name);
  if (!earlier || isBlank(earlier.body)) cursor.trees.set(tree.name, tree);
  else if (!isBlank(tree.body)) fail(cursor, `template: multiple definition of template ${goQuote(tree.name)}`);
};

export const treeOf = (cursor: Cursor, { name, body }: Pick<Tree, "name" | "body">): Tree => ({
  name,
  file: cursor.file,
  source: cursor.source,
  body,
  slots: cursor.slots,
});

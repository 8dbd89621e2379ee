import { parser } from "@grafana/lezer-logql";

export type Tree = ReturnType<typeof parser.parse>["topNode"];
export const parseTree = (text: string): Tree => parser.parse(text).topNode;

export function children(node: Tree): readonly Tree[] {
  const found: Tree[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}
export const child = (node: Tree, ...names: readonly string[]): Tree | undefined => children(node).find(({ name }) => names.includes(name));

/** The outermost nodes of these kinds, in the order of the text. */
export function outermost(node: Tree, names: ReadonlySet<string>): readonly Tree[] {
  const found: Tree[] = [];
  node.cursor().iterate((cursor) => {
    if (!names.has(cursor.name)) return true;
    found.push(cursor.node);
    return false;
  });
  return found;
}

/** The first place that the grammar does not understand, if any. */
export function firstError(node: Tree): number | undefined {
  let error: number | undefined;
  node.cursor().iterate((cursor) => {
    if (cursor.type.isError) error ??= cursor.from;
    return error === undefined;
  });
  return error;
}

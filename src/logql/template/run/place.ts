import { TemplateError } from "../errors.ts";
import { type CommandNode, type Operand, print, type Tree } from "../parse/nodes.ts";
import { goQuote } from "../parse/quote.ts";

/** A node that Go names in an error, with the place of its action. */
export type Spot = Operand | CommandNode | { readonly at: number; readonly text: string };

const location = ({ file, source }: Tree, at: number): string => {
  const before = source.slice(0, at);
  const line = before.split("\n").length;
  return `${file}:${line}:${Buffer.byteLength(before.slice(before.lastIndexOf("\n") + 1))}`;
};

/** The node that Go names in an error right after it evaluated this one. */
export const lastSpot = (node: Operand | CommandNode): Operand => {
  if (node.kind === "pipe") return node.commands.length === 0 ? node : lastSpot(node.commands.at(-1)!);
  if (node.kind === "command") return lastSpot(node.args.at(-1)!);
  return node.kind === "chain" ? lastSpot(node.node) : node;
};

/** Stops the run as Go does: where, in which template, at which text, why. */
export const stop =
  (tree: Tree, spot: Spot) =>
  (why: string): never => {
    const text = "text" in spot && !("kind" in spot) ? spot.text : print(spot as Operand);
    throw new TemplateError(
      `template: ${location(tree, spot.at)}: executing ${goQuote(tree.name)} at <${text}>: ${why}`,
    );
  };

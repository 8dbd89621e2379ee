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

/** Stops the run as Go does: where, in which template, at which text, why. */
export const stop =
  (tree: Tree, spot: Spot) =>
  (why: string): never => {
    const text = "text" in spot && !("kind" in spot) ? spot.text : print(spot as Operand);
    throw new TemplateError(
      `template: ${location(tree, spot.at)}: executing ${goQuote(tree.name)} at <${text}>: ${why}`,
    );
  };

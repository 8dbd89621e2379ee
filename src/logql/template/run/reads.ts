import type { CommandNode, Node, Operand, Tree } from "../parse/nodes.ts";

/** What a template reads of its data: fields by name, or all of it. */
type Reads = { readonly names: Set<string>; all: boolean };

/** Whether the dot is the data itself there. */
type Dot = { readonly root: boolean };

const readOperand = (reads: Reads, node: Operand, { root }: Dot): void => {
  switch (node.kind) {
    case "pipe":
      readCommands(reads, node.commands, { root });
      break;
    case "chain":
      readOperand(reads, node.node, { root });
      break;
    case "field":
      if (root) reads.names.add(node.names[0]!);
      break;
    case "dot":
      if (root) reads.all = true;
      break;
    case "variable":
      if (node.slot === 0 && node.fields.length > 0) reads.names.add(node.fields[0]!);
      else if (node.slot === 0) reads.all = true;
  }
};
const readCommands = (reads: Reads, commands: readonly CommandNode[], dot: Dot): void => {
  for (const { args } of commands) for (const arg of args) readOperand(reads, arg, dot);
};

const readNodes = (reads: Reads, nodes: readonly Node[], { root }: Dot): void => {
  for (const node of nodes) {
    if ("pipe" in node && node.pipe) readCommands(reads, node.pipe.commands, { root });
    if (!("body" in node)) continue;
    readNodes(reads, node.body, { root: root && node.kind === "if" });
    readNodes(reads, node.otherwise ?? [], { root });
  }
};

/** The fields that a template can read of its data; undefined where it can read any. */
export const fieldsRead = (tree: Tree): readonly string[] | undefined => {
  const reads: Reads = { names: new Set(), all: false };
  readNodes(reads, tree.body, { root: true });
  return reads.all ? undefined : [...reads.names];
};

export type PipeNode = {
  readonly kind: "pipe";
  readonly at: number;
  readonly assigns: boolean;
  readonly variables: readonly VariableNode[];
  readonly commands: readonly CommandNode[];
};
export type CommandNode = { readonly kind: "command"; readonly at: number; readonly args: readonly Operand[] };
type FieldNode = { readonly kind: "field"; readonly at: number; readonly names: readonly string[] };
export type VariableNode = {
  readonly kind: "variable";
  readonly at: number;
  readonly name: string;
  readonly slot: number;
  readonly fields: readonly string[];
};
/** The slot of a variable that its own declaration reads. */
export const UNDEFINED = -1;
type ChainNode = {
  readonly kind: "chain";
  readonly at: number;
  readonly node: Operand;
  readonly fields: readonly string[];
};
type IdentifierNode = { readonly kind: "identifier"; readonly at: number; readonly name: string };
export type NumberNode = {
  readonly kind: "number";
  readonly at: number;
  readonly text: string;
  /** Set where the constant is an integer, or a float without fraction. */
  readonly int: bigint | undefined;
  readonly float: number;
  /** Whether the text is written as a float, so that it is one where no type is asked. */
  readonly decimal: boolean;
};
type StringNode = {
  readonly kind: "string";
  readonly at: number;
  readonly quoted: string;
  readonly text: string;
};
export type Operand =
  | PipeNode
  | FieldNode
  | VariableNode
  | ChainNode
  | IdentifierNode
  | NumberNode
  | StringNode
  | { readonly kind: "dot" | "nil"; readonly at: number }
  | { readonly kind: "bool"; readonly at: number; readonly value: boolean };
type TextNode = { readonly kind: "text"; readonly at: number; readonly text: string };
export type BranchNode = {
  readonly kind: "if" | "with" | "range";
  readonly at: number;
  readonly pipe: PipeNode;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[] | undefined;
};
export type TemplateNode = {
  readonly kind: "template";
  readonly at: number;
  readonly name: string;
  readonly pipe: PipeNode | undefined;
};
export type Node =
  | TextNode
  | BranchNode
  | TemplateNode
  | { readonly kind: "action"; readonly at: number; readonly pipe: PipeNode }
  | { readonly kind: "break" | "continue"; readonly at: number };

/** A parsed template: `slots` is how many variables its frame holds. */
export type Tree = {
  readonly name: string;
  readonly file: string;
  readonly source: string;
  readonly body: readonly Node[];
  readonly slots: number;
};

const printPipe = (pipe: PipeNode): string => {
  const commands = pipe.commands.map(print).join(" | ");
  if (pipe.variables.length === 0) return commands;
  const sign = pipe.assigns ? " = " : " := ";
  return pipe.variables.map(print).join(", ") + sign + commands;
};

/** A node as Go writes it in its errors. */
export const print = (node: Operand | CommandNode): string => {
  switch (node.kind) {
    case "pipe":
      return printPipe(node);
    case "command":
      return node.args.map((arg) => (arg.kind === "pipe" ? `(${print(arg)})` : print(arg))).join(" ");
    case "field":
      return node.names.map((name) => `.${name}`).join("");
    case "variable":
      return [node.name, ...node.fields].join(".");
    case "chain":
      return [node.node.kind === "pipe" ? `(${print(node.node)})` : print(node.node), ...node.fields].join(".");
    case "identifier":
      return node.name;
    case "number":
      return node.text;
    case "string":
      return node.quoted;
    case "dot":
      return ".";
    case "nil":
      return "nil";
    case "bool":
      return String(node.value);
    default:
      return node satisfies never;
  }
};

/** Whether a body prints nothing but blanks: such a definition never replaces another. */
export const isBlank = (nodes: readonly Node[]): boolean =>
  nodes.every((node) => node.kind === "text" && /^\s*$/.test(node.text));

/** A node of a kind, with the place of what it was read from. */
type Of<Kind extends string, Parts = unknown> = Readonly<{ kind: Kind; at: number } & Parts>;

export type PipeNode = Of<
  "pipe",
  { assigns: boolean; variables: readonly VariableNode[]; commands: readonly CommandNode[] }
>;
export type CommandNode = Of<"command", { args: readonly Operand[] }>;
export type VariableNode = Of<"variable", { name: string; slot: number; fields: readonly string[] }>;
/** The slot of a variable that its own declaration reads. */
export const UNDEFINED = -1;
/** `int` is set where it is an integer, or a float without fraction; `decimal` where it is written as a float. */
export type NumberNode = Of<"number", { text: string; int: bigint | undefined; float: number; decimal: boolean }>;
export type Operand =
  | PipeNode
  | VariableNode
  | NumberNode
  | Of<"field", { names: readonly string[] }>
  | Of<"chain", { node: Operand; fields: readonly string[] }>
  | Of<"identifier", { name: string }>
  | Of<"string", { quoted: string; text: string }>
  | Of<"dot" | "nil">
  | Of<"bool", { value: boolean }>;
export type Body = readonly Node[];
export type BranchNode = Of<"if" | "with" | "range", { pipe: PipeNode; body: Body; otherwise: Body | undefined }>;
export type TemplateNode = Of<"template", { name: string; pipe: PipeNode | undefined }>;
export type Node =
  | BranchNode
  | TemplateNode
  | Of<"text", { text: string }>
  | Of<"action", { pipe: PipeNode }>
  | Of<"break" | "continue">;

/** A parsed template: `slots` is how many variables its frame holds. */
export type Tree = Readonly<{ name: string; file: string; source: string; body: Body; slots: number }>;

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

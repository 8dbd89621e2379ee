import type { Token } from "./action-tokens.ts";
import type { Cursor } from "./cursor.ts";
import { declareAll, declared } from "./declarations.ts";
import { type CommandNode, type Operand, type PipeNode, print, UNDEFINED, type VariableNode } from "./nodes.ts";
import { parseConstant } from "./numbers.ts";
import { goQuote, goUnquote } from "./quote.ts";

const useVariable = (cursor: Cursor, { at, text: name }: Token): VariableNode => {
  const found = cursor.variable(name);
  if (!found && !cursor.pending.includes(name)) return cursor.fail(`undefined variable ${goQuote(name)}`);
  return { kind: "variable", at, name, slot: found?.slot ?? UNDEFINED, fields: [] };
};

const number = (cursor: Cursor, token: Token): Operand => {
  const constant = parseConstant(token.text);
  return "error" in constant
    ? cursor.fail(constant.error)
    : { kind: "number", at: token.at, text: token.text, ...constant };
};

const string = (cursor: Cursor, token: Token): Operand => {
  const text = goUnquote(token.text);
  return text === undefined
    ? cursor.fail("invalid syntax")
    : { kind: "string", at: token.at, quoted: token.text, text };
};

const term = (cursor: Cursor): Operand | undefined => {
  const token = cursor.nextSolid();
  switch (token.type) {
    case "identifier":
      if (!cursor.knows(token.text)) return cursor.fail(`function ${goQuote(token.text)} not defined`);
      return { kind: "identifier", at: token.at, name: token.text };
    case "dot":
    case "nil":
      return { kind: token.type, at: token.at };
    case "variable":
      return useVariable(cursor, token);
    case "field":
      return { kind: "field", at: token.at, names: [token.text.slice(1)] };
    case "bool":
      return { kind: "bool", at: token.at, value: token.text === "true" };
    case "char":
    case "number":
      return number(cursor, token);
    case "(":
      return parsePipe(cursor, { context: "parenthesized pipeline", end: ")" });
    case "string":
    case "raw":
      return string(cursor, token);
    default:
      cursor.backup();
      return undefined;
  }
};

const operand = (cursor: Cursor): Operand | undefined => {
  const node = term(cursor);
  if (!node || cursor.peek().type !== "field") return node;
  const { at } = cursor.peek();
  const fields: string[] = [];
  while (cursor.peek().type === "field") fields.push(cursor.next().text.slice(1));
  switch (node.kind) {
    case "field":
      return { kind: "field", at, names: [...node.names, ...fields] };
    case "variable":
      return { ...node, at, fields: [...node.fields, ...fields] };
    case "bool":
    case "string":
    case "number":
    case "nil":
    case "dot":
      return cursor.fail(`unexpected . after term ${goQuote(print(node))}`);
    default:
      return { kind: "chain", at, node, fields };
  }
};

const command = (cursor: Cursor): CommandNode => {
  const args: Operand[] = [];
  const { at } = cursor.peekSolid();
  for (;;) {
    cursor.peekSolid();
    const arg = operand(cursor);
    if (arg) args.push(arg);
    const token = cursor.next();
    if (token.type === "space") continue;
    if (token.type === "close" || token.type === ")") cursor.backup();
    else if (token.type !== "pipe") cursor.unexpected(token, "operand");
    break;
  }
  return args.length === 0 ? cursor.fail("empty command") : { kind: "command", at, args };
};

const checkPipe = (cursor: Cursor, { commands }: PipeNode, { context }: { context: string }): void => {
  if (commands.length === 0) cursor.fail(`missing value for ${context}`);
  commands.slice(1).forEach((stage, index) => {
    const { kind } = stage.args[0]!;
    const inert = kind === "bool" || kind === "dot" || kind === "nil" || kind === "number" || kind === "string";
    if (inert) cursor.fail(`non executable command in pipeline stage ${index + 2}`);
  });
};

export const parsePipe = (cursor: Cursor, { context, end }: { context: string; end: "close" | ")" }): PipeNode => {
  const { at } = cursor.peekSolid();
  const { names, assigns } = declared(cursor, context);
  const pending = cursor.pending;
  cursor.pending = [...pending, ...names.map((name) => name.text)];
  const commands: CommandNode[] = [];
  for (;;) {
    const token = cursor.nextSolid();
    if (token.type === end) break;
    const starts = ["bool", "char", "dot", "field", "identifier", "number", "nil", "raw", "string", "variable", "("];
    if (!starts.includes(token.type)) cursor.unexpected(token, context);
    cursor.backup();
    commands.push(command(cursor));
  }
  cursor.pending = pending;
  const pipe: PipeNode = { kind: "pipe", at, assigns, variables: declareAll(cursor, { names, assigns }), commands };
  checkPipe(cursor, pipe, { context });
  return pipe;
};

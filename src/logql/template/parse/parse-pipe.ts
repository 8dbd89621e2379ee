import {
  backup,
  backupTo,
  type Cursor,
  declare,
  fail,
  next,
  nextSolid,
  peek,
  peekSolid,
  unexpected,
} from "./cursor.ts";
import { type CommandNode, type Operand, type PipeNode, print, UNDEFINED, type VariableNode } from "./nodes.ts";
import { parseConstant } from "./numbers.ts";
import { goQuote, goUnquote } from "./quote.ts";
import type { Token } from "./tokens.ts";

const useVariable = (cursor: Cursor, { at, text: name }: Token): VariableNode => {
  const found = cursor.variables.findLast((variable) => variable.name === name);
  if (!found && !cursor.pending.includes(name)) return fail(cursor, `undefined variable ${goQuote(name)}`);
  return { kind: "variable", at, name, slot: found?.slot ?? UNDEFINED, fields: [] };
};

const number = (cursor: Cursor, token: Token): Operand => {
  const constant = parseConstant(token.text);
  return "error" in constant
    ? fail(cursor, constant.error)
    : { kind: "number", at: token.at, text: token.text, ...constant };
};

const string = (cursor: Cursor, token: Token): Operand => {
  const text = goUnquote(token.text);
  return text === undefined
    ? fail(cursor, "invalid syntax")
    : { kind: "string", at: token.at, quoted: token.text, text };
};

const term = (cursor: Cursor): Operand | undefined => {
  const token = nextSolid(cursor);
  switch (token.type) {
    case "identifier":
      if (!cursor.knows(token.text)) return fail(cursor, `function ${goQuote(token.text)} not defined`);
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
      backup(cursor);
      return undefined;
  }
};

const operand = (cursor: Cursor): Operand | undefined => {
  const node = term(cursor);
  if (!node || peek(cursor).type !== "field") return node;
  const { at } = peek(cursor);
  const fields: string[] = [];
  while (peek(cursor).type === "field") fields.push(next(cursor).text.slice(1));
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
      return fail(cursor, `unexpected . after term ${goQuote(print(node))}`);
    default:
      return { kind: "chain", at, node, fields };
  }
};

const command = (cursor: Cursor): CommandNode => {
  const args: Operand[] = [];
  const { at } = peekSolid(cursor);
  for (;;) {
    peekSolid(cursor);
    const arg = operand(cursor);
    if (arg) args.push(arg);
    const token = next(cursor);
    if (token.type === "space") continue;
    if (token.type === "close" || token.type === ")") backup(cursor);
    else if (token.type !== "pipe") unexpected(cursor, token, { context: "operand" });
    break;
  }
  return args.length === 0 ? fail(cursor, "empty command") : { kind: "command", at, args };
};

type Declared = { readonly names: readonly Token[]; readonly assigns: boolean };
/** The variables before `:=` or `=`; a variable that is none of them is taken back. */
const declared = (cursor: Cursor, context: string): Declared => {
  const names: Token[] = [];
  for (let variable = peekSolid(cursor); variable.type === "variable"; variable = peekSolid(cursor)) {
    next(cursor);
    const after = peek(cursor);
    const sign = peekSolid(cursor);
    if (sign.type === "assign" || sign.type === "declare") {
      nextSolid(cursor);
      return { names: [...names, variable], assigns: sign.type === "assign" };
    }
    if (sign.text !== "," || sign.type !== "other") {
      backupTo(cursor, after.type === "space" ? [after, variable] : [variable]);
      break;
    }
    nextSolid(cursor);
    names.push(variable);
    if (context !== "range" || names.length > 1) fail(cursor, `too many declarations in ${context}`);
    if (!["variable", "close", ")"].includes(peekSolid(cursor).type))
      fail(cursor, "range can only initialize variables");
  }
  return { names, assigns: false };
};

/** Declares the names once the pipe is parsed: their value may speak of an outer variable of the same name. */
const declareAll = (cursor: Cursor, { names, assigns }: Declared): VariableNode[] =>
  names.map(({ at, text }) => {
    const variable = cursor.variables.findLast((variable) => variable.name === text);
    const slot = assigns ? (variable?.slot ?? UNDEFINED) : declare(cursor, text);
    if (slot === UNDEFINED) cursor.variables.push({ name: text, slot });
    return { kind: "variable", at, name: text, slot, fields: [] };
  });

const checkPipe = (cursor: Cursor, { commands }: PipeNode, { context }: { context: string }): void => {
  if (commands.length === 0) fail(cursor, `missing value for ${context}`);
  commands.slice(1).forEach((stage, index) => {
    const { kind } = stage.args[0]!;
    const inert = kind === "bool" || kind === "dot" || kind === "nil" || kind === "number" || kind === "string";
    if (inert) fail(cursor, `non executable command in pipeline stage ${index + 2}`);
  });
};

export const parsePipe = (cursor: Cursor, { context, end }: { context: string; end: "close" | ")" }): PipeNode => {
  const { at } = peekSolid(cursor);
  const { names, assigns } = declared(cursor, context);
  const pending = cursor.pending;
  cursor.pending = [...pending, ...names.map((name) => name.text)];
  const commands: CommandNode[] = [];
  for (;;) {
    const token = nextSolid(cursor);
    if (token.type === end) break;
    const starts = ["bool", "char", "dot", "field", "identifier", "number", "nil", "raw", "string", "variable", "("];
    if (!starts.includes(token.type)) unexpected(cursor, token, { context });
    backup(cursor);
    commands.push(command(cursor));
  }
  cursor.pending = pending;
  const pipe: PipeNode = { kind: "pipe", at, assigns, variables: declareAll(cursor, { names, assigns }), commands };
  checkPipe(cursor, pipe, { context });
  return pipe;
};

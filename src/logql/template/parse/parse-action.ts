import {
  addTree,
  type Body,
  backup,
  type Cursor,
  expect,
  fail,
  next,
  nextSolid,
  peek,
  peekSolid,
  unexpected,
} from "./cursor.ts";
import type { BranchNode, Node, TemplateNode } from "./nodes.ts";
import { parsePipe } from "./parse-pipe.ts";
import { goUnquote } from "./quote.ts";
import type { Token } from "./tokens.ts";

type End = "end" | "else";
type EndNode = { readonly kind: End; readonly at: number };
type Parsed = Node | EndNode;

export const isEnd = (node: Parsed): node is EndNode => node.kind === "end" || node.kind === "else";
export const isKeyword = (token: Token, word: string): boolean => token.type === "keyword" && token.text === word;

const scoped = <T>(cursor: Cursor, parse: () => T): T => {
  const { length } = cursor.variables;
  const parsed = parse();
  cursor.variables.length = length;
  return parsed;
};

const itemList = (cursor: Cursor): { body: Body; end: End } => {
  const body: Node[] = [];
  while (peekSolid(cursor).type !== "eof") {
    const node = textOrAction(cursor);
    if (node && isEnd(node)) return { body, end: node.kind };
    if (node) body.push(node);
  }
  return fail(cursor, "unexpected EOF");
};

const elseBranch = (cursor: Cursor, kind: BranchNode["kind"]): Body => {
  const token = peekSolid(cursor);
  const chained = (kind === "if" && isKeyword(token, "if")) || (kind === "with" && isKeyword(token, "with"));
  if (chained) {
    next(cursor);
    return [branch(cursor, token.at, { kind })];
  }
  const { body, end } = itemList(cursor);
  return end === "end" ? body : fail(cursor, "expected end; found {{else}}");
};

const branch = (cursor: Cursor, at: number, { kind }: Pick<BranchNode, "kind">): BranchNode =>
  scoped(cursor, () => {
    const pipe = parsePipe(cursor, { context: kind, end: "close" });
    if (kind === "range") cursor.loops++;
    const { body, end } = itemList(cursor);
    if (kind === "range") cursor.loops--;
    const otherwise = end === "else" ? elseBranch(cursor, kind) : undefined;
    return { kind, at, pipe, body, otherwise };
  });

const templateName = (cursor: Cursor, token: Token, { context }: { context: string }): string => {
  if (token.type !== "string" && token.type !== "raw") return unexpected(cursor, token, { context });
  return goUnquote(token.text) ?? fail(cursor, "invalid syntax");
};

/** The body of a definition, with a frame of variables of its own. */
const defined = (cursor: Cursor, { name, context }: { name: string; context: string }): void => {
  const { variables, slots, loops } = cursor;
  Object.assign(cursor, { variables: [{ name: "$", slot: 0 }], slots: 1, loops: 0 });
  const { body, end } = itemList(cursor);
  if (end !== "end") fail(cursor, `unexpected {{${end}}} in ${context}`);
  addTree(cursor, { name, body });
  Object.assign(cursor, { variables, slots, loops });
};

const templateCall = (cursor: Cursor): TemplateNode => {
  const token = nextSolid(cursor);
  const name = templateName(cursor, token, { context: "template clause" });
  const { at } = token;
  if (nextSolid(cursor).type === "close") return { kind: "template", at, name, pipe: undefined };
  backup(cursor);
  return { kind: "template", at, name, pipe: parsePipe(cursor, { context: "template clause", end: "close" }) };
};

const block = (cursor: Cursor): TemplateNode => {
  const token = nextSolid(cursor);
  const name = templateName(cursor, token, { context: "block clause" });
  const pipe = parsePipe(cursor, { context: "block clause", end: "close" });
  defined(cursor, { name, context: "block clause" });
  return { kind: "template", at: token.at, name, pipe };
};

export const definition = (cursor: Cursor): void => {
  const name = templateName(cursor, nextSolid(cursor), { context: "define clause" });
  expect(cursor, "close", { context: "define clause" });
  defined(cursor, { name, context: "define clause" });
};

const loopControl = (cursor: Cursor, { kind, at }: { kind: "break" | "continue"; at: number }): Node => {
  const token = nextSolid(cursor);
  if (token.type !== "close") unexpected(cursor, token, { context: `{{${kind}}}` });
  return cursor.loops === 0 ? fail(cursor, `{{${kind}}} outside {{range}}`) : { kind, at };
};

const action = (cursor: Cursor): Parsed | undefined => {
  const token = nextSolid(cursor);
  if (token.type === "keyword") {
    switch (token.text) {
      case "if":
      case "with":
      case "range":
        return branch(cursor, token.at, { kind: token.text });
      case "template":
        return templateCall(cursor);
      case "block":
        return block(cursor);
      case "break":
      case "continue":
        return loopControl(cursor, { kind: token.text, at: token.at });
      case "end":
        expect(cursor, "close", { context: "end" });
        return { kind: "end", at: token.at };
      case "else": {
        const following = peekSolid(cursor);
        if (!isKeyword(following, "if") && !isKeyword(following, "with")) expect(cursor, "close", { context: "else" });
        return { kind: "else", at: following.at };
      }
      case "define":
        if (!cursor.nestedDefinitions) break;
        definition(cursor);
        return undefined;
    }
  }
  backup(cursor);
  const { at } = peek(cursor);
  return { kind: "action", at, pipe: parsePipe(cursor, { context: "command", end: "close" }) };
};

export const textOrAction = (cursor: Cursor): Parsed | undefined => {
  const token = nextSolid(cursor);
  if (token.type === "text") return { kind: "text", at: token.at, text: token.text };
  if (token.type !== "open") return unexpected(cursor, token, { context: "input" });
  cursor.actionLine = token.line;
  const node = action(cursor);
  cursor.actionLine = 0;
  return node;
};

import type { Token } from "./action-tokens.ts";
import { type Cursor, newFrame } from "./cursor.ts";
import type { Body, BranchNode, Node, TemplateNode } from "./nodes.ts";
import { parsePipe } from "./parse-pipe.ts";
import { goUnquote } from "./quote.ts";

type End = "end" | "else";
type EndNode = { readonly kind: End; readonly at: number };
type Parsed = Node | EndNode;

export const isEnd = (node: Parsed): node is EndNode => node.kind === "end" || node.kind === "else";
export const isKeyword = (token: Token, word: string): boolean => token.type === "keyword" && token.text === word;

const scoped = <T>(cursor: Cursor, parse: () => T): T => {
  const { length } = cursor.frame.variables;
  const parsed = parse();
  cursor.frame.variables.length = length;
  return parsed;
};

const itemList = (cursor: Cursor): { body: Body; end: End } => {
  const body: Node[] = [];
  while (cursor.peekSolid().type !== "eof") {
    const node = textOrAction(cursor);
    if (node && isEnd(node)) return { body, end: node.kind };
    if (node) body.push(node);
  }
  return cursor.fail("unexpected EOF");
};

const elseBranch = (cursor: Cursor, kind: BranchNode["kind"]): Body => {
  const token = cursor.peekSolid();
  const chained = (kind === "if" && isKeyword(token, "if")) || (kind === "with" && isKeyword(token, "with"));
  if (chained) {
    cursor.next();
    return [branch(cursor, token.at, { kind })];
  }
  const { body, end } = itemList(cursor);
  return end === "end" ? body : cursor.fail("expected end; found {{else}}");
};

const branch = (cursor: Cursor, at: number, { kind }: Pick<BranchNode, "kind">): BranchNode =>
  scoped(cursor, () => {
    const pipe = parsePipe(cursor, { context: kind, end: "close" });
    if (kind === "range") cursor.frame.loops++;
    const { body, end } = itemList(cursor);
    if (kind === "range") cursor.frame.loops--;
    const otherwise = end === "else" ? elseBranch(cursor, kind) : undefined;
    return { kind, at, pipe, body, otherwise };
  });

const templateName = (cursor: Cursor, token: Token, { context }: { context: string }): string => {
  if (token.type !== "string" && token.type !== "raw") return cursor.unexpected(token, context);
  return goUnquote(token.text) ?? cursor.fail("invalid syntax");
};

/** The body of a definition, with a frame of variables of its own. */
const defined = (cursor: Cursor, { name, context }: { name: string; context: string }): void => {
  const outer = cursor.frame;
  cursor.frame = newFrame();
  const { body, end } = itemList(cursor);
  if (end !== "end") cursor.fail(`unexpected {{${end}}} in ${context}`);
  cursor.addTree({ name, body });
  cursor.frame = outer;
};

const templateCall = (cursor: Cursor): TemplateNode => {
  const token = cursor.nextSolid();
  const name = templateName(cursor, token, { context: "template clause" });
  const { at } = token;
  if (cursor.nextSolid().type === "close") return { kind: "template", at, name, pipe: undefined };
  cursor.backup();
  return { kind: "template", at, name, pipe: parsePipe(cursor, { context: "template clause", end: "close" }) };
};

const block = (cursor: Cursor): TemplateNode => {
  const token = cursor.nextSolid();
  const name = templateName(cursor, token, { context: "block clause" });
  const pipe = parsePipe(cursor, { context: "block clause", end: "close" });
  defined(cursor, { name, context: "block clause" });
  return { kind: "template", at: token.at, name, pipe };
};

export const definition = (cursor: Cursor): void => {
  const name = templateName(cursor, cursor.nextSolid(), { context: "define clause" });
  cursor.expect("close", "define clause");
  defined(cursor, { name, context: "define clause" });
};

const loopControl = (cursor: Cursor, { kind, at }: { kind: "break" | "continue"; at: number }): Node => {
  const token = cursor.nextSolid();
  if (token.type !== "close") cursor.unexpected(token, `{{${kind}}}`);
  return cursor.frame.loops === 0 ? cursor.fail(`{{${kind}}} outside {{range}}`) : { kind, at };
};

const action = (cursor: Cursor): Parsed | undefined => {
  const token = cursor.nextSolid();
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
        cursor.expect("close", "end");
        return { kind: "end", at: token.at };
      case "else": {
        const following = cursor.peekSolid();
        if (!isKeyword(following, "if") && !isKeyword(following, "with")) cursor.expect("close", "else");
        return { kind: "else", at: following.at };
      }
      case "define":
        if (!cursor.nestedDefinitions) break;
        definition(cursor);
        return undefined;
    }
  }
  cursor.backup();
  const { at } = cursor.peek();
  return { kind: "action", at, pipe: parsePipe(cursor, { context: "command", end: "close" }) };
};

export const textOrAction = (cursor: Cursor): Parsed | undefined => {
  const token = cursor.nextSolid();
  if (token.type === "text") return { kind: "text", at: token.at, text: token.text };
  if (token.type !== "open") return cursor.unexpected(token, "input");
  cursor.actionLine = token.line;
  const node = action(cursor);
  cursor.actionLine = 0;
  return node;
};

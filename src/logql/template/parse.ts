import { type Body, backup, backupTo, type Cursor, expect, fail, next, nextSolid, peek, peekSolid, unexpected } from "./cursor.ts";
import { type BranchNode, isBlank, type Node, type TemplateNode, type Tree } from "./nodes.ts";
import { parsePipe } from "./parse-pipe.ts";
import { goQuote, goUnquote } from "./quote.ts";
import { type Token, tokenize } from "./tokens.ts";

type End = "end" | "else";
type EndNode = { readonly kind: End; readonly at: number };
type Parsed = Node | EndNode;

const isEnd = (node: Parsed): node is EndNode => node.kind === "end" || node.kind === "else";
const isKeyword = (token: Token, word: string): boolean => token.type === "keyword" && token.text === word;

const scoped = <T>(cursor: Cursor, parse: () => T): T => {
  const { length } = cursor.variables;
  const parsed = parse();
  cursor.variables.length = length;
  return parsed;
};

/** Parses with a frame of variables of its own, as every definition has. */
const framed = <T>(cursor: Cursor, parse: () => T): T => {
  const { variables, slots, loops } = cursor;
  Object.assign(cursor, { variables: [{ name: "$", slot: 0 }], slots: 1, loops: 0 });
  const parsed = parse();
  Object.assign(cursor, { variables, slots, loops });
  return parsed;
};

const addTree = (cursor: Cursor, tree: Tree): void => {
  const known = cursor.trees.get(tree.name);
  if (!known || isBlank(known.body)) cursor.trees.set(tree.name, tree);
  else if (!isBlank(tree.body)) fail(cursor, `template: multiple definition of template ${goQuote(tree.name)}`);
};

const treeOf = (cursor: Cursor, name: string, body: Body): Tree => ({
  name,
  file: cursor.file,
  source: cursor.source,
  body,
  slots: cursor.slots,
});

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

const templateName = (cursor: Cursor, token: Token, context: string): string => {
  if (token.type !== "string" && token.type !== "raw") return unexpected(cursor, token, context);
  return goUnquote(token.text) ?? fail(cursor, "invalid syntax");
};

const templateCall = (cursor: Cursor): TemplateNode => {
  const token = nextSolid(cursor);
  const name = templateName(cursor, token, "template clause");
  const { at } = token;
  if (nextSolid(cursor).type === "close") return { kind: "template", at, name, pipe: undefined };
  backup(cursor);
  return { kind: "template", at, name, pipe: parsePipe(cursor, { context: "template clause", end: "close" }) };
};

const block = (cursor: Cursor): TemplateNode => {
  const token = nextSolid(cursor);
  const name = templateName(cursor, token, "block clause");
  const pipe = parsePipe(cursor, { context: "block clause", end: "close" });
  framed(cursor, () => {
    const { body, end } = itemList(cursor);
    if (end !== "end") fail(cursor, "unexpected {{else}} in block clause");
    addTree(cursor, treeOf(cursor, name, body));
  });
  return { kind: "template", at: token.at, name, pipe };
};

const definition = (cursor: Cursor): void => {
  const name = templateName(cursor, nextSolid(cursor), "define clause");
  expect(cursor, "close", "define clause");
  framed(cursor, () => {
    const { body, end } = itemList(cursor);
    if (end !== "end") fail(cursor, `unexpected {{${end}}} in define clause`);
    addTree(cursor, treeOf(cursor, name, body));
  });
};

const loopControl = (cursor: Cursor, at: number, kind: "break" | "continue"): Node => {
  const token = nextSolid(cursor);
  if (token.type !== "close") unexpected(cursor, token, `{{${kind}}}`);
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
        return loopControl(cursor, token.at, token.text);
      case "end":
        expect(cursor, "close", "end");
        return { kind: "end", at: token.at };
      case "else": {
        const following = peekSolid(cursor);
        if (!isKeyword(following, "if") && !isKeyword(following, "with")) expect(cursor, "close", "else");
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

const textOrAction = (cursor: Cursor): Parsed | undefined => {
  const token = nextSolid(cursor);
  if (token.type === "text") return { kind: "text", at: token.at, text: token.text };
  if (token.type !== "open") return unexpected(cursor, token, "input");
  cursor.actionLine = token.line;
  const node = action(cursor);
  cursor.actionLine = 0;
  return node;
};

const topLevel = (cursor: Cursor): Body => {
  const body: Node[] = [];
  while (peek(cursor).type !== "eof") {
    if (peek(cursor).type === "open") {
      const open = next(cursor);
      if (isKeyword(nextSolid(cursor), "define")) {
        definition(cursor);
        continue;
      }
      backupTo(cursor, [open]);
    }
    const node = textOrAction(cursor);
    if (node && isEnd(node)) return fail(cursor, `unexpected {{${node.kind}}}`);
    if (node) body.push(node);
  }
  return body;
};

export type ParseOptions = {
  readonly name: string;
  readonly knows: (name: string) => boolean;
  readonly trees?: Map<string, Tree>;
  readonly nestedDefinitions?: boolean;
};

/** Parses a template and its definitions; throws `TemplateSyntaxError`. */
export const parseTemplate = (source: string, { name, knows, trees = new Map(), nestedDefinitions = false }: ParseOptions): Map<string, Tree> => {
  const start = { at: 0, back: 0, variables: [{ name: "$", slot: 0 }], slots: 1, loops: 0, pending: [], actionLine: 0 };
  const cursor: Cursor = { file: name, source, tokens: tokenize(source), knows, trees, nestedDefinitions, taken: [], ...start };
  const body = topLevel(cursor);
  addTree(cursor, treeOf(cursor, name, body));
  return trees;
};

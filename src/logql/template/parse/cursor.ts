import { TemplateSyntaxError } from "../errors.ts";
import { isBlank, type Node, type Tree } from "./nodes.ts";
import { goQuote } from "./quote.ts";
import type { Token } from "./tokens.ts";

/** Where a parser stands: the tokens with up to three taken back, and the names in scope. */
export type Cursor = {
  readonly file: string;
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly knows: (name: string) => boolean;
  readonly trees: Map<string, Tree>;
  /** Whether a definition may stand inside another. */
  readonly nestedDefinitions: boolean;
  readonly taken: Token[];
  at: number;
  back: number;
  /** Names that the pipe being parsed declares. */
  pending: readonly string[];
  variables: { readonly name: string; readonly slot: number }[];
  slots: number;
  loops: number;
  actionLine: number;
};
export type Body = readonly Node[];

const read = (cursor: Cursor): Token => {
  const last = cursor.tokens.length - 1;
  const token = cursor.tokens[Math.min(cursor.at, last)]!;
  cursor.at++;
  return token;
};

export const next = (cursor: Cursor): Token => {
  if (cursor.back > 0) cursor.back--;
  else cursor.taken[0] = read(cursor);
  return cursor.taken[cursor.back]!;
};
export const backup = (cursor: Cursor): void => {
  cursor.back++;
};
/** Takes back the last token and, before it, `earlier`, the nearest first. */
export const backupTo = (cursor: Cursor, earlier: readonly Token[]): void => {
  earlier.forEach((token, index) => {
    cursor.taken[index + 1] = token;
  });
  cursor.back = earlier.length + 1;
};
export const peek = (cursor: Cursor): Token => {
  const token = next(cursor);
  backup(cursor);
  return token;
};
export const nextSolid = (cursor: Cursor): Token => {
  let token = next(cursor);
  while (token.type === "space") token = next(cursor);
  return token;
};
export const peekSolid = (cursor: Cursor): Token => {
  const token = nextSolid(cursor);
  backup(cursor);
  return token;
};

export const fail = (cursor: Cursor, message: string): never => {
  throw new TemplateSyntaxError(`template: ${cursor.file}:${cursor.taken[0]?.line ?? 1}: ${message}`);
};

const show = (token: Token): string => {
  if (token.type === "eof") return "EOF";
  if (token.type === "keyword" || token.type === "dot" || token.type === "nil") return `<${token.text}>`;
  if (token.type === "error") return token.text;
  const runes = Buffer.from(token.text);
  return runes.length > 10 ? `${goQuote(runes.subarray(0, 10).toString())}...` : goQuote(token.text);
};

/** What is being parsed, as a message says it. */
type Context = { readonly context: string };

export const unexpected = (cursor: Cursor, token: Token, { context }: Context): never => {
  if (token.type !== "error") return fail(cursor, `unexpected ${show(token)} in ${context}`);
  if (cursor.actionLine === 0 || cursor.actionLine === token.line) return fail(cursor, token.text);
  const place = `started at ${cursor.file}:${cursor.actionLine}`;
  return fail(cursor, `${token.text}${token.text.endsWith(" action") ? " " : " in action "}${place}`);
};

export const expect = (cursor: Cursor, type: Token["type"], { context }: Context): Token => {
  const token = nextSolid(cursor);
  return token.type === type ? token : unexpected(cursor, token, { context });
};

export const declare = (cursor: Cursor, name: string): number => {
  const slot = cursor.slots++;
  cursor.variables.push({ name, slot });
  return slot;
};

/** Adds a tree; one that is blank replaces none. */
export const addTree = (cursor: Cursor, { name, body }: Pick<Tree, "name" | "body">): void => {
  const { trees, file, source, slots } = cursor;
  const earlier = trees.get(name);
  if (!earlier || isBlank(earlier.body)) trees.set(name, { name, file, source, body, slots });
  else if (!isBlank(body)) fail(cursor, `template: multiple definition of template ${goQuote(name)}`);
};

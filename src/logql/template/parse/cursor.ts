import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "./action-tokens.ts";
import { isBlank, type Tree } from "./nodes.ts";
import { goQuote } from "./quote.ts";
import { tokenize } from "./tokens.ts";

type Variable = { readonly name: string; readonly slot: number };
/** The variables of a template, and how many loops are open. */
type Frame = { variables: Variable[]; slots: number; loops: number };

export type ParseOptions = {
  readonly name: string;
  readonly knows: (name: string) => boolean;
  readonly trees?: Map<string, Tree>;
  /** Whether a definition may stand inside another. */
  readonly nestedDefinitions?: boolean;
};

const show = (token: Token): string => {
  if (token.type === "eof") return "EOF";
  if (token.type === "keyword" || token.type === "dot" || token.type === "nil") return `<${token.text}>`;
  if (token.type === "error") return token.text;
  const runes = Buffer.from(token.text);
  return runes.length > 10 ? `${goQuote(runes.subarray(0, 10).toString())}...` : goQuote(token.text);
};

export const newFrame = (): Frame => ({ variables: [{ name: "$", slot: 0 }], slots: 1, loops: 0 });

/** Walks over the tokens of a template, up to three of which can be taken back, and holds the names in scope. */
export type Cursor = ReturnType<typeof cursorOver>;

export const cursorOver = (
  source: string,
  { name: file, knows, trees = new Map(), nestedDefinitions = false }: ParseOptions,
) => {
  const tokens = tokenize(source);
  const taken: Token[] = [];
  let at = 0;
  let back = 0;
  const cursor = {
    knows,
    trees,
    nestedDefinitions,
    frame: newFrame(),
    /** Names that the pipe being parsed declares. */
    pending: [] as readonly string[],
    actionLine: 0,
    next(): Token {
      if (back > 0) back--;
      else taken[0] = tokens[Math.min(at++, tokens.length - 1)]!;
      return taken[back]!;
    },
    backup(): void {
      back++;
    },
    /** Takes back the last token and, before it, `earlier`, the nearest first. */
    backupTo(...earlier: readonly Token[]): void {
      taken.splice(1, earlier.length, ...earlier);
      back = earlier.length + 1;
    },
    peek(): Token {
      const token = cursor.next();
      cursor.backup();
      return token;
    },
    nextSolid(): Token {
      let token = cursor.next();
      while (token.type === "space") token = cursor.next();
      return token;
    },
    peekSolid(): Token {
      const token = cursor.nextSolid();
      cursor.backup();
      return token;
    },
    fail(message: string): never {
      throw new TemplateSyntaxError(`template: ${file}:${taken[0]?.line ?? 1}: ${message}`);
    },
    /** Refuses a token; `context` is what is being parsed. */
    unexpected(token: Token, context: string): never {
      if (token.type !== "error") return cursor.fail(`unexpected ${show(token)} in ${context}`);
      if (cursor.actionLine === 0 || cursor.actionLine === token.line) return cursor.fail(token.text);
      const place = `started at ${file}:${cursor.actionLine}`;
      return cursor.fail(`${token.text}${token.text.endsWith(" action") ? " " : " in action "}${place}`);
    },
    expect(type: Token["type"], context: string): Token {
      const token = cursor.nextSolid();
      return token.type === type ? token : cursor.unexpected(token, context);
    },
    variable(name: string): Variable | undefined {
      return cursor.frame.variables.findLast((variable) => variable.name === name);
    },
    declare(name: string, given?: number): number {
      const slot = given ?? cursor.frame.slots++;
      cursor.frame.variables.push({ name, slot });
      return slot;
    },
    /** Adds a tree; one that is blank replaces none. */
    addTree({ name, body }: Pick<Tree, "name" | "body">): void {
      const earlier = trees.get(name);
      if (!earlier || isBlank(earlier.body)) trees.set(name, { name, file, source, body, slots: cursor.frame.slots });
      else if (!isBlank(body)) cursor.fail(`template: multiple definition of template ${goQuote(name)}`);
    },
  };
  return cursor;
};

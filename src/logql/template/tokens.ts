import { goQuote } from "./quote.ts";

export type TokenType =
  | "text"
  | "open"
  | "close"
  | "space"
  | "field"
  | "variable"
  | "identifier"
  | "keyword"
  | "bool"
  | "number"
  | "char"
  | "string"
  | "raw"
  | "pipe"
  | "assign"
  | "declare"
  | "("
  | ")"
  | "dot"
  | "nil"
  | "other"
  | "error"
  | "eof";
export type Token = { readonly type: TokenType; readonly text: string; readonly at: number; readonly line: number };

const KEYWORDS = new Set("block break continue define else end if range template with".split(" "));
const SPACE = /[ \t\r\n]+/y;
const BLANK = /[ \t\r\n]/;
const WORD = /[\p{L}\p{Nd}_]/u;
const WORDS = /[\p{L}\p{Nd}_]+/uy;
const NUMBER = /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?|0[oO][0-7_]*|0[bB][01_]*|[0-9_]*(?:\.[0-9_]*)?)(?:[eE][+-]?[0-9_]*|[pP][+-]?[0-9_]*)?i?/y;
const ENDS_WORD = /[ \t\r\n.,|:()]/;

type Emit = (type: TokenType, text: string, at: number) => void;

const unprintable = (character: string): string => {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  return `U+${code} '${character}'`;
};

const quoted = (source: string, at: number): string | undefined => {
  const quote = source[at]!;
  for (let end = at + 1; end < source.length; end++) {
    if (source[end] === quote) return source.slice(at, end + 1);
    if (quote !== "`" && source[end] === "\n") return undefined;
    if (quote !== "`" && source[end] === "\\") end++;
    if (quote !== "`" && source[end] === "\n") return undefined;
  }
  return undefined;
};

const match = (pattern: RegExp, source: string, at: number): string => {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? "";
};

const wordType = (word: string): TokenType => {
  if (KEYWORDS.has(word)) return "keyword";
  if (word === "true" || word === "false") return "bool";
  return word === "nil" ? "nil" : "identifier";
};

const UNTERMINATED: Record<string, string> = {
  '"': "unterminated quoted string",
  "`": "unterminated raw quoted string",
  "'": "unterminated character constant",
};
const QUOTED: Record<string, TokenType> = { '"': "string", "`": "raw", "'": "char" };

/** One token inside an action; returns where the next starts, or undefined after an error. */
const actionToken = (source: string, at: number, emit: Emit): number | undefined => {
  const character = String.fromCodePoint(source.codePointAt(at)!);
  const take = (type: TokenType, text: string): number => {
    emit(type, text, at);
    return at + text.length;
  };
  const fail = (message: string): undefined => emit("error", message, at) as undefined;
  const space = match(SPACE, source, at);
  if (space) return take("space", space);
  if (source.startsWith(":=", at)) return take("declare", ":=");
  if (character === ":") return fail("expected :=");
  if (character === "=") return take("assign", "=");
  if (character === "|") return take("pipe", "|");
  if (character === "(" || character === ")") return take(character, character);
  if (QUOTED[character]) {
    const text = quoted(source, at);
    return text === undefined ? fail(UNTERMINATED[character]!) : take(QUOTED[character], text);
  }
  if (character === "." && !/[0-9]/.test(source[at + 1] ?? "")) return word(source, at, { mark: ".", take, fail });
  if (character === "$") return word(source, at, { mark: "$", take, fail });
  if (/[0-9.+-]/.test(character)) {
    const text = match(NUMBER, source, at);
    const next = source.slice(at + text.length, at + text.length + 1);
    return WORD.test(next) ? fail(`bad number syntax: ${goQuote(text + next)}`) : take("number", text);
  }
  const text = match(WORDS, source, at);
  if (text) return word(source, at, { mark: "", take, fail });
  const code = character.codePointAt(0)!;
  if (code > 32 && code < 127) return take("other", character);
  return fail(`unrecognized character in action: ${unprintable(character)}`);
};

type Take = { mark: string; take: (type: TokenType, text: string) => number; fail: (message: string) => undefined };
const word = (source: string, at: number, { mark, take, fail }: Take): number | undefined => {
  const name = match(WORDS, source, at + mark.length);
  const next = source.charAt(at + mark.length + name.length);
  const ends = next === "" || ENDS_WORD.test(next) || source.startsWith("}}", at + mark.length + name.length);
  if (!ends) return fail(`bad character ${unprintable(next)}`);
  if (mark === "$") return take("variable", `$${name}`);
  if (mark === ".") return name === "" ? take("dot", ".") : take("field", `.${name}`);
  return take(wordType(name), name);
};

/** The end of a comment that starts at `at`, or what is wrong with it. */
const commentEnd = (source: string, at: number): { end: number; trims: boolean } | string => {
  const close = source.indexOf("*/", at);
  if (close < 0) return "unclosed comment";
  const after = /^(?:[ \t\r\n]-)?\}\}/.exec(source.slice(close + 2, close + 6));
  return after ? { end: close + 2 + after[0].length, trims: after[0].length > 2 } : "comment ends before closing delimiter";
};

/** Go's tokens of a template, up to and with the first error. */
export const tokenize = (source: string): Token[] => {
  const tokens: Token[] = [];
  let lines = 1;
  let counted = 0;
  const emit: Emit = (type, text, at) => {
    for (; counted < at; counted++) if (source.charCodeAt(counted) === 10) lines++;
    tokens.push({ type, text, at, line: lines });
  };
  let at = 0;
  let trims = false;
  while (at < source.length) {
    const open = source.indexOf("{{", at);
    const end = open < 0 ? source.length : open;
    const trimsLeft = source[end + 2] === "-" && BLANK.test(source[end + 3] ?? "");
    let text = source.slice(at, end);
    const full = text.length;
    if (trims) text = text.replace(/^[ \t\r\n]+/, "");
    const start = at + full - text.length;
    if (trimsLeft) text = text.replace(/[ \t\r\n]+$/, "");
    if (text) emit("text", text, start);
    if (open < 0) break;
    const inside = open + (trimsLeft ? 4 : 2);
    if (source.startsWith("/*", inside)) {
      const comment = commentEnd(source, inside);
      if (typeof comment === "string") {
        emit("error", comment, inside);
        return tokens;
      }
      at = comment.end;
      trims = comment.trims;
      continue;
    }
    emit("open", "{{", open);
    const closed = actionTokens(source, inside, emit);
    if (!closed) return tokens;
    at = closed.end;
    trims = closed.trims;
  }
  emit("eof", "", source.length);
  return tokens;
};

const actionTokens = (source: string, start: number, emit: Emit): { end: number; trims: boolean } | undefined => {
  let depth = 0;
  let at: number | undefined = start;
  while (at !== undefined) {
    const close = /^(?:[ \t\r\n]-)?\}\}/.exec(source.slice(at, at + 4));
    if (close) {
      if (depth > 0) return emit("error", "unclosed left paren", at) as undefined;
      emit("close", "}}", at);
      return { end: at + close[0].length, trims: close[0].length > 2 };
    }
    if (at >= source.length) return emit("error", "unclosed action", at) as undefined;
    if (source[at] === "(") depth++;
    if (source[at] === ")" && --depth < 0) return emit("error", "unexpected right paren", at) as undefined;
    at = actionToken(source, at, emit);
  }
  return undefined;
};

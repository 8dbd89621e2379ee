import type { Words } from "../../names.ts";
import { goQuote } from "./quote.ts";

type TokenType =
  | Words<"text open close space field variable identifier keyword bool number char string raw pipe assign declare">
  | Words<"( ) dot nil other error eof">;
export type Token = { readonly type: TokenType; readonly text: string; readonly at: number; readonly line: number };

export type Emit = (token: Omit<Token, "line">) => void;

const KEYWORDS = new Set("block break continue define else end if range template with".split(" "));
/** Blanks, but for the one that belongs to a closing ` -}}`. */
const SPACE = /[ \t\r\n]+(?!-\}\})/y;
const WORD = /[\p{L}\p{Nd}_]/u;
const WORDS = /[\p{L}\p{Nd}_]+/uy;
const NUMBER =
  /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|(?:0[oO][0-7_]*|0[bB][01_]*|[0-9_]*(?:\.[0-9_]*)?)(?:[eE][+-]?[0-9_]*)?)i?/y;
const ENDS_WORD = /[ \t\r\n.,|:()]/;

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

const match = (pattern: RegExp, { source, at }: { readonly source: string; readonly at: number }): string => {
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

type Scanned = { readonly text: string; readonly wrong: boolean };
const numberAt = (source: string, at: number): Scanned => {
  const text = match(NUMBER, { source, at });
  const next = source.slice(at + text.length, at + text.length + 1);
  if (WORD.test(next)) return { text: text + next, wrong: true };
  if (next !== "+" && next !== "-") return { text, wrong: false };
  const imaginary = match(NUMBER, { source, at: at + text.length });
  const end = at + text.length + imaginary.length;
  const beyond = WORD.test(source.charAt(end)) ? source.charAt(end) : "";
  return { text: text + imaginary + beyond, wrong: beyond !== "" || !imaginary.endsWith("i") };
};

type Scanner = { readonly source: string; readonly emit: Emit };
/** One token inside an action; returns where the next starts, or undefined after an error. */
const actionToken = ({ source, emit }: Scanner, at: number): number | undefined => {
  const character = String.fromCodePoint(source.codePointAt(at)!);
  const take = (type: TokenType, text: string): number => {
    emit({ type, text, at });
    return at + text.length;
  };
  const fail = (message: string): undefined => emit({ type: "error", text: message, at }) as undefined;
  const space = match(SPACE, { source, at });
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
  if (character === "." && /[^0-9]/.test(source[at + 1] ?? "")) return word(source, at, { mark: ".", take, fail });
  if (character === "$") return word(source, at, { mark: "$", take, fail });
  if (/[0-9.+-]/.test(character)) {
    const number = numberAt(source, at);
    return number.wrong ? fail(`bad number syntax: ${goQuote(number.text)}`) : take("number", number.text);
  }
  const text = match(WORDS, { source, at });
  if (text) return word(source, at, { mark: "", take, fail });
  const code = character.codePointAt(0)!;
  if (code > 32 && code < 127) return take("other", character);
  return fail(`unrecognized character in action: ${unprintable(character)}`);
};

type Take = { mark: string; take: (type: TokenType, text: string) => number; fail: (message: string) => undefined };
const word = (source: string, at: number, { mark, take, fail }: Take): number | undefined => {
  const name = match(WORDS, { source, at: at + mark.length });
  const next = source.charAt(at + mark.length + name.length);
  const ends = next === "" || ENDS_WORD.test(next) || source.startsWith("}}", at + mark.length + name.length);
  if (!ends) return fail(`bad character ${unprintable(next)}`);
  if (mark === "$") return take("variable", `$${name}`);
  if (mark === ".") return name === "" ? take("dot", ".") : take("field", `.${name}`);
  return take(wordType(name), name);
};

/** The tokens of one action from its start; where the text goes on, or undefined after an error. */
export const actionTokens = (scanner: Scanner, start: number): { end: number; trims: boolean } | undefined => {
  const { source, emit } = scanner;
  let depth = 0;
  let at: number | undefined = start;
  while (at !== undefined) {
    const fail = (text: string) => emit({ type: "error", text, at: at! }) as undefined;
    const close = /^(?:[ \t\r\n]-)?\}\}/.exec(source.slice(at, at + 4));
    if (close) {
      if (depth > 0) return fail("unclosed left paren");
      emit({ type: "close", text: "}}", at });
      return { end: at + close[0].length, trims: close[0].length > 2 };
    }
    if (at >= source.length) return fail("unclosed action");
    if (source[at] === "(") depth++;
    if (source[at] === ")" && --depth < 0) return fail("unexpected right paren");
    at = actionToken(scanner, at);
  }
  return undefined;
};

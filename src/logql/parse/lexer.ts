import { LogqlError } from "../errors.ts";
import { isFunction, isKeyword } from "../names.ts";
import { parseBytes, parseDuration, parsePrometheusDuration } from "../units.ts";
import { unquote } from "./unquote.ts";

/** `keyword` covers operators and punctuation too; its text is lower case. */
export type Token = Readonly<{
  kind: "identifier" | "string" | "number" | "duration" | "bytes" | "range" | "flag" | "keyword" | "function" | "end";
  text: string;
  /** The number, nanoseconds, bytes of the token. */
  value?: number;
  from: number;
  to: number;
}>;

const operators = new Set(["==", "!=", "=~", "!~", "|=", "|~", "|>", "!>", ">=", "<=", ..."={}()<>,|+-*/%^"]);
const flag = /--(?:strict|keep-empty)(?![\w-])/y;
const numberLike = /0[xX][\da-fA-F_]+|\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?/y;
const withUnit = /[\d.]+[A-Za-zµμ][\dA-Za-zµμ.]*/y;
const called = /(?:\s+|#[^\n]*)*(?:\(|(?:by|without)\s*\()/iy;

/** Where a pattern that starts at `offset` ends, or -1. */
const endOf = (pattern: RegExp, query: string, offset: number): number => {
  pattern.lastIndex = offset;
  return pattern.test(query) ? pattern.lastIndex : -1;
};

const isDigit = (code: number) => code >= 48 && code <= 57;
const isLetter = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;

/** The place of the next character that is neither blank nor in a comment. */
function skipBlanks(query: string, from: number): number {
  let offset = from;
  for (;;) {
    const code = query.charCodeAt(offset);
    if (code === 35) {
      const end = query.indexOf("\n", offset);
      offset = end < 0 ? query.length : end;
    } else if (code <= 32) offset += 1;
    else return offset;
  }
}

/** The tokens of a query, the end among them; a character that starts none is one that no rule takes. */
export function tokenize(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    offset = skipBlanks(query, offset);
    if (offset >= query.length) {
      tokens.push({ kind: "end", text: "$end", from: query.length, to: query.length });
      return tokens;
    }
    const token = tokenAt(query, offset);
    tokens.push(token);
    offset = token.to;
  }
}

function tokenAt(query: string, from: number): Token {
  const code = query.charCodeAt(from);
  if (isLetter(code)) return nameToken(query, from);
  if (code === 34 || code === 96) return stringToken(query, from);
  if (code === 91) return rangeToken(query, from);
  if (isDigit(code) || (code === 46 && isDigit(query.charCodeAt(from + 1)))) return numberToken(query, from);
  const end = code === 45 ? endOf(flag, query, from) : -1;
  return end < 0 ? operatorToken(query, from) : { kind: "flag", text: query.slice(from, end), from, to: end };
}

function stringToken(query: string, from: number): Token {
  const quote = query[from]!;
  let end = from + 1;
  while (end < query.length && query[end] !== quote) {
    if (quote === '"' && query[end] === "\n") break;
    end += quote === '"' && query[end] === "\\" ? 2 : 1;
  }
  if (query[end] !== quote) throw new LogqlError("literal not terminated", { query, offset: from });
  const to = end + 1;
  return { kind: "string", text: unquote(query.slice(from, to), { query, offset: from }), from, to };
}

function nameToken(query: string, from: number): Token {
  let to = from + 1;
  while (isLetter(query.charCodeAt(to)) || isDigit(query.charCodeAt(to))) to += 1;
  const text = query.slice(from, to);
  const lower = text.toLowerCase();
  if (isFunction(lower) && endOf(called, query, to) >= 0) return { kind: "function", text: lower, from, to };
  if (isKeyword(lower)) return { kind: "keyword", text: lower, from, to };
  return { kind: "identifier", text, from, to };
}

function numberToken(query: string, from: number): Token {
  const to = endOf(numberLike, query, from);
  const unitEnd = endOf(withUnit, query, from);
  if (unitEnd > to) {
    const text = query.slice(from, unitEnd);
    const duration = parseDuration(text);
    if (duration !== undefined) return { kind: "duration", text, value: duration, from, to: unitEnd };
    const size = parseBytes(text);
    if (size !== undefined) return { kind: "bytes", text, value: size, from, to: unitEnd };
  }
  const text = query.slice(from, to);
  const value = Number(text.replaceAll("_", ""));
  if (!Number.isFinite(value)) throw new LogqlError(`the number ${text} is out of range`, { query, offset: from });
  return { kind: "number", text, value, from, to };
}

function operatorToken(query: string, from: number): Token {
  for (const length of [2, 1]) {
    const text = query.slice(from, from + length);
    if (operators.has(text)) return { kind: "keyword", text, from, to: from + text.length };
  }
  const character = String.fromCodePoint(query.codePointAt(from)!);
  return { kind: "keyword", text: character, from, to: from + character.length };
}

function rangeToken(query: string, from: number): Token {
  const end = query.indexOf("]", from);
  if (end < 0) throw new LogqlError("missing closing ']' in duration", { query, offset: from });
  const raw = query.slice(from + 1, end);
  const value = parsePrometheusDuration(raw);
  if (value === undefined) {
    const hint = raw.startsWith("$") ? "; a dashboard's variable must be filled in first" : "";
    const reason = `not a valid duration string: ${JSON.stringify(raw)}${hint}`;
    throw new LogqlError(reason, { query, offset: from, expected: ["a window such as [15m] or [1h30m]"] });
  }
  return { kind: "range", text: query.slice(from, end + 1), value, from, to: end + 1 };
}

import { LogqlError } from "../errors.ts";
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

const keywords = new Set(
  (
    "by without on ignoring group_left group_right bool and or unless json logfmt regexp unpack pattern offset line_format label_format unwrap " +
    "decolorize drop keep variants of"
  ).split(" "),
);
export const rangeFunctions = new Set(
  (
    "rate rate_counter count_over_time bytes_rate bytes_over_time sum_over_time avg_over_time max_over_time min_over_time stddev_over_time " +
    "stdvar_over_time quantile_over_time first_over_time last_over_time absent_over_time"
  ).split(" "),
);
export const vectorFunctions = new Set("sum avg max min count stddev stdvar topk bottomk sort sort_desc approx_topk".split(" "));
const functions = new Set([...rangeFunctions, ...vectorFunctions, "label_replace", "vector", "ip", "bytes", "duration", "duration_seconds"]);

const operators = ["==", "!=", "=~", "!~", "|=", "|~", "|>", "!>", ">=", "<=", ..."={}()<>,|+-*/%^"];
const blank = /(?:\s+|#[^\n]*)+/y;
const word = /[A-Za-z_][A-Za-z0-9_]*/y;
const flag = /--(?:strict|keep-empty)(?![\w-])/y;
const numberLike = /0[xX][\da-fA-F_]+|\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?/y;
const withUnit = /[\d.]+[A-Za-zµμ][\dA-Za-zµμ.]*/y;
const called = /(?:\s+|#[^\n]*)*(?:\(|(?:by|without)\s*\()/iy;
const text = /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y;

const at = (pattern: RegExp, query: string, offset: number): string | undefined => {
  pattern.lastIndex = offset;
  return pattern.exec(query)?.[0];
};

/** The tokens of a query, the end among them; what no token starts with is refused. */
export function tokenize(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    offset += at(blank, query, offset)?.length ?? 0;
    if (offset >= query.length) return [...tokens, { kind: "end", text: "$end", from: query.length, to: query.length }];
    const token = tokenAt(query, offset);
    tokens.push(token);
    offset = token.to;
  }
}

function tokenAt(query: string, from: number): Token {
  const make = (kind: Token["kind"], raw: string, value?: number): Token => ({
    kind,
    text: raw,
    ...(value !== undefined && { value }),
    from,
    to: from + raw.length,
  });
  const name = at(word, query, from);
  if (name !== undefined) return nameToken(query, { name, from });
  const quoted = at(text, query, from);
  if (quoted !== undefined) return { ...make("string", quoted), text: unquote(quoted, { query, offset: from }) };
  if (query[from] === '"' || query[from] === "`") throw new LogqlError("literal not terminated", { query, offset: from });
  if (query[from] === "[") return rangeToken(query, from);
  const flagged = at(flag, query, from);
  if (flagged !== undefined) return make("flag", flagged);
  return numberToken(query, make) ?? operatorToken(query, make, from);
}

function nameToken(query: string, { name, from }: Readonly<{ name: string; from: number }>): Token {
  const to = from + name.length;
  const lower = name.toLowerCase();
  if (functions.has(lower)) {
    if (at(called, query, to) !== undefined) return { kind: "function", text: lower, from, to };
    return { kind: "identifier", text: name, from, to };
  }
  return keywords.has(lower) ? { kind: "keyword", text: lower, from, to } : { kind: "identifier", text: name, from, to };
}

type Make = (kind: Token["kind"], raw: string, value?: number) => Token;

function numberToken(query: string, make: Make): Token | undefined {
  const { from } = make("end", "");
  const unit = at(withUnit, query, from);
  const number = at(numberLike, query, from);
  if (number === undefined) return undefined;
  if (unit !== undefined && unit.length > number.length) {
    const duration = parseDuration(unit);
    if (duration !== undefined) return make("duration", unit, duration);
    const size = parseBytes(unit);
    if (size !== undefined) return make("bytes", unit, size);
  }
  return make("number", number, Number(number.replaceAll("_", "")));
}

function operatorToken(query: string, make: Make, from: number): Token {
  const operator = operators.find((candidate) => query.startsWith(candidate, from));
  if (operator !== undefined) return make("keyword", operator);
  const character = String.fromCodePoint(query.codePointAt(from)!);
  throw new LogqlError(`syntax error: unexpected ${JSON.stringify(character)}`, { query, offset: from });
}

function rangeToken(query: string, from: number): Token {
  const end = query.indexOf("]", from);
  if (end < 0) throw new LogqlError("missing closing ']' in duration", { query, offset: from });
  const raw = query.slice(from + 1, end);
  const value = parsePrometheusDuration(raw);
  if (value === undefined) {
    const reason = `not a valid duration string: ${JSON.stringify(raw)}`;
    throw new LogqlError(reason, { query, offset: from, expected: ["a window such as [15m] or [1h30m]"] });
  }
  return { kind: "range", text: query.slice(from, end + 1), value, from, to: end + 1 };
}

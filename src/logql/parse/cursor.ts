import { LogqlError } from "../errors.ts";
import { type Token, tokenize } from "./lexer.ts";

const names: Readonly<Record<string, string>> = {
  identifier: "IDENTIFIER",
  string: "STRING",
  number: "NUMBER",
  duration: "DURATION",
  bytes: "BYTES",
  range: "RANGE",
  flag: "PARSER_FLAG",
};
const shown = ({ kind, text }: Token) => names[kind] ?? (kind === "function" ? text.toUpperCase() : text);

/** Walks over the tokens of a query, and refuses what does not fit with the place and what was expected. */
export type Cursor = ReturnType<typeof cursorOver>;

export function cursorOver(query: string) {
  const tokens = tokenize(query);
  let index = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(index + ahead, tokens.length - 1)]!;
  const is = (text: string, ahead = 0) => {
    const { kind, text: found } = peek(ahead);
    return kind === "keyword" && found === text;
  };
  const next = () => {
    const token = peek();
    index += 1;
    return token;
  };
  const refuse = (message: string, offset = peek().from): never => {
    throw new LogqlError(message, { query, offset });
  };
  const unexpected = (...expected: readonly string[]): never => {
    const list = expected.length > 0 ? `, expecting ${expected.join(" or ")}` : "";
    throw new LogqlError(`syntax error: unexpected ${shown(peek())}${list}`, { query, offset: peek().from, expected });
  };
  const accept = (text: string) => (is(text) ? next() : undefined);
  const expect = (text: string, ...others: readonly string[]) => accept(text) ?? unexpected(text, ...others);
  const take = (kind: Token["kind"], ...others: readonly string[]) => (peek().kind === kind ? next() : unexpected(names[kind] ?? kind, ...others));
  /** Where the last token ended. */
  const end = () => tokens[index - 1]?.to ?? 0;
  const span = (from: number) => ({ from, to: end() });
  /** What a step reads, tried from here; when it refuses, the cursor stands where it stood. */
  const mark = () => index;
  const reset = (to: number) => {
    index = to;
  };
  return { query, peek, is, next, accept, expect, take, unexpected, refuse, span, end, mark, reset };
}

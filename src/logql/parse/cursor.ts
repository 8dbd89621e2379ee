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
  const last = tokens.at(-1)!;
  let index = 0;
  const cursor = {
    query,
    peek(ahead = 0): Token {
      return tokens[index + ahead] ?? last;
    },
    is(text: string, ahead = 0): boolean {
      const token = tokens[index + ahead] ?? last;
      return token.text === text && token.kind === "keyword";
    },
    next(): Token {
      const token = tokens[index] ?? last;
      index += 1;
      return token;
    },
    refuse(message: string, offset = cursor.peek().from): never {
      throw new LogqlError(message, { query, offset });
    },
    unexpected(...expected: readonly string[]): never {
      const list = expected.length > 0 ? `, expecting ${expected.join(" or ")}` : "";
      const token = cursor.peek();
      throw new LogqlError(`syntax error: unexpected ${shown(token)}${list}`, { query, offset: token.from, expected });
    },
    accept(text: string): Token | undefined {
      return cursor.is(text) ? cursor.next() : undefined;
    },
    expect(text: string, ...others: readonly string[]): Token {
      return cursor.accept(text) ?? cursor.unexpected(text, ...others);
    },
    take(kind: Token["kind"], ...others: readonly string[]): Token {
      return cursor.peek().kind === kind ? cursor.next() : cursor.unexpected(names[kind] ?? kind, ...others);
    },
    /** Where the last token ended. */
    end(): number {
      return tokens[index - 1]?.to ?? 0;
    },
    span(from: number): Readonly<{ from: number; to: number }> {
      return { from, to: cursor.end() };
    },
    /** Where the cursor stands; `reset` brings it back there. */
    mark(): number {
      return index;
    },
    reset(to: number): void {
      index = to;
    },
  };
  return cursor;
}

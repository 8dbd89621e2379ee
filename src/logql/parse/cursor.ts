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
    is(text: string): boolean {
      const token = cursor.peek();
      return token.text === text && token.kind === "keyword";
    },
    next(): Token {
      index += 1;
      return tokens[index - 1] ?? last;
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
    /** From a place to where the last token ended. */
    span(from: number): Readonly<{ from: number; to: number }> {
      return { from, to: tokens[index - 1]?.to ?? 0 };
    },
    /** What stands between two signs, with commas between; nothing at all too. */
    list<T>([open, close]: string, read: () => T): readonly T[] {
      const items: T[] = [];
      cursor.expect(open!);
      if (cursor.accept(close!)) return items;
      do items.push(read());
      while (cursor.accept(","));
      cursor.expect(close!, ",");
      return items;
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

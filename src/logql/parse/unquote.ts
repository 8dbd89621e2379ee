import { LogqlError } from "../errors.ts";
import { goUnquote } from "../template/parse/quote.ts";

const ESCAPE = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|[\s\S]?)/g;

/** The text of a Go string literal, `"…"` with escapes or `` `…` `` as it stands. */
export function unquote(literal: string, place: Readonly<{ query: string; offset: number }>): string {
  const text = goUnquote(literal);
  if (text !== undefined) return text;
  const escapes = literal.slice(1, -1).match(ESCAPE) ?? [];
  const bad = escapes.find((one) => goUnquote(`"${one}"`) === undefined);
  throw new LogqlError(`invalid escape ${JSON.stringify(bad)} in a string`, place);
}

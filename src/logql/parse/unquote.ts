import { LogqlError } from "../errors.ts";

const simple: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};
const escapes = /\\(?:([abfnrtv\\"])|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-3][0-7]{2})|([\s\S]?))/g;

/** The text of a Go string literal, `"…"` with escapes or `` `…` `` as it stands. */
export function unquote(literal: string, place: Readonly<{ query: string; offset: number }>): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("`")) return inner.replaceAll("\r", "");
  if (!inner.includes("\\")) return inner;
  return inner
    .replace(/(?:\\x[\da-fA-F]{2}|\\[0-3][0-7]{2})+/g, decodeBytes)
    .replace(escapes, (whole, letter, _byte, short, long, _octal, other) => {
      if (letter !== undefined) return simple[letter]!;
      const code = short ?? long;
      if (code !== undefined && Number.parseInt(code, 16) <= 0x10ffff)
        return String.fromCodePoint(Number.parseInt(code, 16));
      throw new LogqlError(
        `invalid escape ${JSON.stringify(other === undefined ? whole : `\\${other}`)} in a string`,
        place,
      );
    });
}

/** Escaped bytes are UTF-8; a backslash among them must stay escaped for what follows. */
const decodeBytes = (run: string) =>
  Buffer.from(
    [...run.matchAll(/\\(?:x(..)|(\d{3}))/g)].map(([, hex, octal]) =>
      hex ? Number.parseInt(hex, 16) : Number.parseInt(octal!, 8),
    ),
  )
    .toString("utf8")
    .replaceAll("\\", "\\\\");

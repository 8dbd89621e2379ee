const SHORT: Record<number, string> = {
  7: "\\a",
  8: "\\b",
  12: "\\f",
  10: "\\n",
  13: "\\r",
  9: "\\t",
  11: "\\v",
  92: "\\\\",
};
const PRINTS = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Whether Go prints a character as it is. */
export const isPrintable = (character: string): boolean => PRINTS.test(character);

export const escapeRune = (character: string, options: { readonly quote: string; readonly ascii: boolean }): string => {
  const code = character.codePointAt(0)!;
  if (character === options.quote) return `\\${character}`;
  if (SHORT[code]) return SHORT[code];
  if (options.ascii ? code < 127 && code >= 32 : isPrintable(character)) return character;
  const hex = code.toString(16);
  if (code < 128) return `\\x${hex.padStart(2, "0")}`;
  return code > 0xffff ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
};

/** A text between double quotes as Go's `%q` writes it. */
export const goQuote = (text: string, { ascii = false } = {}): string =>
  `"${Array.from(text, (rune) => escapeRune(rune, { quote: '"', ascii })).join("")}"`;

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([abfnrtv\\'"]))/y;
const NAMED: Record<string, number> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, "\\": 92, "'": 39, '"': 34 };

type Escape = { readonly length: number; readonly bytes: Uint8Array };
const escapeAt = (text: string, at: number, { quote }: { readonly quote: string }): Escape | undefined => {
  ESCAPE.lastIndex = at;
  const found = ESCAPE.exec(text);
  if (!found) return undefined;
  const [all, byte, short, long, octal, named] = found;
  if ((named === "'" || named === '"') && named !== quote) return undefined;
  if (named) return { length: all.length, bytes: Uint8Array.of(NAMED[named]!) };
  const code = Number.parseInt(byte ?? short ?? long ?? octal!, octal ? 8 : 16);
  if (byte || octal) return code > 255 ? undefined : { length: all.length, bytes: Uint8Array.of(code) };
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return undefined;
  return { length: all.length, bytes: Buffer.from(String.fromCodePoint(code)) };
};

/** The text of a Go string or character literal, its quotes included in `literal`; undefined where Go refuses it. */
export const goUnquote = (literal: string): string | undefined => {
  const quote = literal[0]!;
  const inner = literal.slice(1, -1);
  if (quote === "`") return inner.replaceAll("\r", "");
  if (!inner.includes("\\")) return inner;
  const parts: Uint8Array[] = [];
  for (let at = 0; at < inner.length; ) {
    const slash = inner.indexOf("\\", at);
    if (slash < 0) {
      parts.push(Buffer.from(inner.slice(at)));
      break;
    }
    parts.push(Buffer.from(inner.slice(at, slash)));
    const escaped = escapeAt(inner, slash, { quote });
    if (!escaped) return undefined;
    parts.push(escaped.bytes);
    at = slash + escaped.length;
  }
  return Buffer.concat(parts).toString("utf8");
};

import { CallError } from "../errors.ts";
import { goQuote } from "../parse/quote.ts";

const HTML: Record<string, string> = {
  '"': "&#34;",
  "'": "&#39;",
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\0": "\ufffd",
};

/** Go's `html`. */
export const escapeHtml = (text: string): string => text.replace(/["'&<>\0]/g, (character) => HTML[character]!);

const JS: Record<string, string> = {
  "\\": "\\\\",
  "'": "\\'",
  '"': '\\"',
  "<": "\\u003C",
  ">": "\\u003E",
  "&": "\\u0026",
  "=": "\\u003D",
};

/** Go's `js`. */
export const escapeJs = (text: string): string =>
  text.replace(/[\\'"<>&=]|[^ -\u007f]/gu, (character) => {
    if (JS[character]) return JS[character];
    const code = character.codePointAt(0)!;
    if (code > 127 && /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character)) return character;
    return `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
  });

/** A text for a part of a URL, with all but letters, digits and `-_.~` as percents. */
export const percentEncoded = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Go's `urlquery`: a blank becomes a plus. */
export const escapeQuery = (text: string): string => percentEncoded(text).replaceAll("%20", "+");

/** Go's QueryUnescape; throws a `CallError` where the text is no such escape. */
export const unescapeQuery = (text: string): string => {
  const wrong = /%(?![0-9a-fA-F]{2}).{0,2}/su.exec(text);
  if (wrong) throw new CallError(`invalid URL escape ${goQuote(wrong[0])}`);
  const parts = text.replaceAll("+", " ").split(/%([0-9a-fA-F]{2})/);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 0 ? Buffer.from(part) : Buffer.of(Number.parseInt(part, 16)))),
  ).toString();
};

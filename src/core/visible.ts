import { masked } from "./masked.ts";

/**
 * Control characters, those that turn the writing direction or show nothing, and the line ends of Unicode.
 * Joiners and the soft hyphen belong to words.
 */
const UNSEEN = /(?![\u00ad\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

const written = (character: string): string => {
  const code = character.codePointAt(0)!.toString(16);
  if (code.length <= 2) return `\\x${code.padStart(2, "0")}`;
  return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\u{${code}}`;
};

/** A text from elsewhere as one line in which nothing works on the terminal: an escape is `\x1b`, a line end `\x0a`. */
export const visible = (text: string): string => text.replace(UNSEEN, written);

/** The same for a text of several lines. */
export const visibleLines = (text: string): string => text.split("\n").map(visible).join("\n");

/** JSON that means the same, without a character that works on a terminal; the line ends between its values stay. */
export const visibleJson = (json: string): string =>
  json.replace(UNSEEN, (character) => (character === "\n" ? character : character.split("").map(unitEscaped).join("")));
/** A unit of UTF-16 as JSON, Java and Go write it: `\u00e9`. */
export const unitEscaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** What a program tells its user: nothing in it works on the terminal, and no URL shows a password. */
export const sentence = (text: string): string => visible(masked(text));
export const sentences = (text: string): string => visibleLines(masked(text));

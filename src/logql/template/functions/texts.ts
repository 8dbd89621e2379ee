import { CallError } from "../errors.ts";

const LETTER = /[\p{L}\p{Nd}_]/u;

/** Go's strings.Title: each word's first letter large. */
export const title = (text: string): string => {
  let inside = false;
  return Array.from(text, (rune) => {
    const first = !inside;
    inside = LETTER.test(rune) || !(rune <= "\u007f" || /\s/u.test(rune));
    return first ? titleRune(rune) : rune;
  }).join("");
};
/** Letters that are two: their title form has only the first large. */
const DIGRAPHS: Readonly<Record<string, string>> = { Ǆ: "ǅ", Ǉ: "ǈ", Ǌ: "ǋ", Ǳ: "ǲ" };
const titleRune = (rune: string): string => DIGRAPHS[upperRune(rune)] ?? upperRune(rune);
const upperRune = (rune: string): string => {
  const upper = rune.toUpperCase();
  return [...upper].length === 1 ? upper : rune;
};
/** Upper and lower case letter by letter, as Go does: no letter becomes two. */
export const upper = (text: string): string =>
  isAscii(text) ? text.toUpperCase() : Array.from(text, upperRune).join("");
export const lower = (text: string): string =>
  isAscii(text) ? text.toLowerCase() : Array.from(text, lowerRune).join("");
const lowerRune = (rune: string): string => (rune === "İ" ? "i" : rune.toLowerCase());
const ASCII = /^[\t\n\r -~]*$/;
const isAscii = (text: string): boolean => ASCII.test(text);

const SPACE = "[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const LEADING = new RegExp(`^${SPACE}`, "u");
const TRAILING = new RegExp(`${SPACE}$`, "u");
export const trimSpace = (text: string): string => text.replace(LEADING, "").replace(TRAILING, "");

export const trimLeft = (text: string, cutset: string): string => {
  const runes = [...text];
  const start = runes.findIndex((rune) => !cutset.includes(rune));
  return start < 0 ? "" : runes.slice(start).join("");
};
export const trimRight = (text: string, cutset: string): string => {
  const runes = [...text];
  return runes.slice(0, runes.findLastIndex((rune) => !cutset.includes(rune)) + 1).join("");
};
export const trimBoth = (text: string, cutset: string): string => trimRight(trimLeft(text, cutset), cutset);
export const trimPrefix = (text: string, prefix: string): string =>
  text.startsWith(prefix) ? text.slice(prefix.length) : text;
export const trimSuffix = (text: string, suffix: string): string =>
  suffix && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;

/** Go's strings.Replace; `limit` under zero: all. */
type Replacement = { readonly from: string; readonly to: string; readonly limit?: bigint };
export const replace = (text: string, { from, to, limit = -1n }: Replacement): string => {
  if (limit < 0n)
    return from === "" ? interleaved(text, { to, limit: Number.POSITIVE_INFINITY }) : text.replaceAll(from, () => to);
  if (from === "") return interleaved(text, { to, limit: Number(limit) });
  const parts = text.split(from);
  const count = Math.min(Number(limit), parts.length - 1);
  return [...parts.slice(0, count).map((part) => part + to), parts.slice(count).join(from)].join("");
};
const interleaved = (text: string, { to, limit }: { readonly to: string; readonly limit: number }): string => {
  const runes = [...text];
  const before = runes.map((rune, index) => (index < limit ? to + rune : rune)).join("");
  return runes.length < limit ? before + to : before;
};

const SURROGATE = /[\ud800-\udfff]/;

/** The first characters of a text, or under zero the last. */
export const trunc = (count: bigint, text: string): string => {
  const size = Number(count);
  if (size >= text.length || -size >= text.length) return text;
  const cut = size < 0 ? text.slice(size) : text.slice(0, size);
  if (!SURROGATE.test(size < 0 ? text : cut)) return cut;
  const runes = [...text];
  if (size < 0) return runes.length + size > 0 ? runes.slice(size).join("") : text;
  return runes.slice(0, size).join("");
};

export const substr = (start: bigint, end: bigint, text: string): string => {
  const runes = [...text];
  const from = Math.min(Number(start), runes.length);
  const to = Math.min(Number(end), runes.length);
  if (from < 0) return to < 0 ? "" : runes.slice(0, to).join("");
  if (to < 0) return runes.slice(from).join("");
  return from > to ? "" : runes.slice(from, to).join("");
};

export const align =
  (side: "left" | "right") =>
  (count: bigint, text: string): string => {
    const runes = [...text];
    const size = Number(count);
    if (size < 0 || size === runes.length) return text;
    const padding = repeat(BigInt(Math.max(0, size - runes.length)), " ");
    if (side === "left") return runes.slice(0, size).join("") + padding;
    return padding + runes.slice(Math.max(0, runes.length - size)).join("");
  };

export const repeat = (count: bigint, text: string): string => {
  if (count < 0n) throw new CallError("strings: negative Repeat count");
  if (count * BigInt(text.length) > 1n << 28n) throw new CallError("strings: Repeat output length overflow");
  return text.repeat(Number(count));
};

export const indent = (spaces: bigint, text: string): string => {
  const padding = repeat(spaces, " ");
  return padding + text.replaceAll("\n", `\n${padding}`);
};

import { visible } from "./visible.ts";

/** Makes a text fit for one line of a terminal or a page: no control character, no turn of the writing direction. */
export const printable = (text: string): string =>
  visible(text.replace(/\r?\n|\t/g, " "))
    .replace(/\s+/g, (space) => (/[\u00a0\u202f]/.test(space) ? space : " "))
    .trim();

export const plural = (count: number, noun: string): string =>
  `${count} ${count === 1 ? noun : `${noun}s`.replace(/([^aeiou])ys$/, "$1ies")}`;

/** Shortens a long text in its middle. */
export function clipped(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const half = Math.floor((most - 3) / 2);
  return `${characters.slice(0, half).join("")} … ${characters.slice(-half).join("")}`;
}

type Pair = readonly [before: string, after: string];
/** Shortens two long texts to where they differ, so that both still show it. */
export function clippedTogether([before, after]: Pair, most: number): Pair {
  if (Math.max(before.length, after.length) <= most) return [before, after];
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const around = 24;
  // A label matcher keeps its label.
  const head = /^[\w.]+\s*(?:=~|!~|!=|=)["\x60]/.exec(before.slice(0, start))?.[0] ?? "";
  const cut = (text: string) => {
    const [from, to] = [Math.max(0, start - around), Math.min(text.length, text.length - end + around)];
    const before = from > head.length ? `${head}…` : text.slice(0, from);
    return clipped(`${before}${text.slice(from, to)}${to < text.length ? "…" : ""}`, most + 2);
  };
  return [cut(before), cut(after)];
}

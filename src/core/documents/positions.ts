/** A place in a file; lines and columns count from 1. */
export type Position = Readonly<{ line: number; column: number }>;
/** From an offset of a text to its place in the file. */
export type At = (offset: number) => Position;

const ESCAPES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const isBlank = (char: string | undefined) => char !== undefined && /\s/.test(char);

/**
 * For every offset of a scalar's value, the offset in its source: escapes of double quotes, doubled single quotes,
 * and the line folding and indentation of YAML are counted out.
 */
export function alignment(value: string, source: string): readonly number[] {
  const quote = source[0] === '"' || source[0] === "'" ? source[0] : "";
  const places: number[] = [];
  let at = quote.length;
  if (/^[|>]/.test(source)) at = source.indexOf("\n") + 1;
  for (let index = 0; index < value.length; index++) {
    if (quote === '"')
      while (source[at] === "\\" && /[\r\n]/.test(source[at + 1] ?? "")) at = skipBlanks(source, at + 1);
    const char = value[index];
    const escaped = quote === '"' && source[at] === "\\";
    if (!escaped && source[at] !== char && !isBlank(char) && isBlank(source[at])) at = skipBlanks(source, at);
    places.push(at);
    if (escaped) {
      const length = 2 + (ESCAPES[source[at + 1] ?? ""] ?? 0);
      const wide = source[at + 1] === "U" && (value.codePointAt(index) ?? 0) > 0xffff;
      if (wide) places.push(at);
      if (wide) index++;
      at += length;
    } else if (quote === "'" && char === "'") at += 2;
    else if (isBlank(char) && source[at] !== char) at = skipBlanks(source, at);
    else at += 1;
  }
  places.push(at);
  return places.map((place) => Math.min(place, source.length));
}

function skipBlanks(source: string, from: number): number {
  let at = from;
  while (isBlank(source[at])) at++;
  return at;
}

/** Lines and columns of a text, from 1. */
export function positionsOf(text: string): At {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}

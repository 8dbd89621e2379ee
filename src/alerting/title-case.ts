const SEGMENTS = new Intl.Segmenter("en", { granularity: "word" });
const FIRST = /\p{L}/u;

/** Each word with its first letter large and the others small, as Unicode cuts words. */
export const titleCase = (text: string): string =>
  Array.from(SEGMENTS.segment(text), ({ segment }) =>
    segment.toLowerCase().replace(FIRST, (letter) => letter.toUpperCase()),
  ).join("");

const DIGIT = /[A-Za-z0-9+/]/;
const LINE_END = /[\r\n]/;

/** Where Go's decoder stops in a text that is no base64; undefined where it is one. */
const wrongAt = (text: string): number | undefined => {
  let inGroup = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (LINE_END.test(character)) continue;
    if (character === "=") return inGroup < 2 ? at : wrongPadding(text, at, { second: inGroup === 2 });
    if (!DIGIT.test(character)) return at;
    inGroup = (inGroup + 1) % 4;
  }
  return inGroup === 0 ? undefined : text.length - inGroup;
};

const wrongPadding = (text: string, at: number, { second }: { second: boolean }): number | undefined => {
  let next = at + 1;
  const skip = (): void => {
    while (LINE_END.test(text[next] ?? "")) next++;
  };
  skip();
  if (second) {
    if (next >= text.length) return text.length;
    if (text[next] !== "=") return next;
    next++;
    skip();
  }
  return next < text.length ? next : undefined;
};

/** Sprig's `b64dec`: a wrong text gives Go's error as the result. */
export const decodeBase64 = (text: string): string => {
  const wrong = wrongAt(text);
  return wrong === undefined ? Buffer.from(text, "base64").toString() : `illegal base64 data at input byte ${wrong}`;
};

/** A token of a query or a text, with the white space that stands before it. */
export type Token = Readonly<{ text: string; space: string }>;

const STRING = String.raw`"(?:[^"\\]|\\.)*"|\x60[^\x60]*\x60|'(?:[^'\\]|\\.)*'`;
const QUERY = new RegExp(
  [
    // A label matcher and a window stay whole: that is what one reads.
    String.raw`[A-Za-z_][\w.]*\s*(?:=~|!~|!=|=)\s*(?:${STRING})`,
    String.raw`\[[^\][\s"'\x60]*\]`,
    STRING,
    String.raw`\$\{[^}]*\}|\$[\w]+`,
    String.raw`[\p{L}_][\p{L}\p{N}_:]*`,
    String.raw`\d+(?:\.\d+)?(?:ms|[smhdwy]|[kKMGT]i?B)?(?:\d+(?:ms|[smhdwy]))*`,
    String.raw`=~|!~|!=|==|>=|<=|\|=|\|~|&&|\|\|`,
    String.raw`\S`,
  ].join("|"),
  "gu",
);
const TEXT =
  /\d+(?:[.,]\d+)*(?:[ \u00a0\u202f]?(?:%|ms|s|min|h|jours?|days?|[kMGT]?o|[kMGT]i?B)(?![\p{L}\p{N}]))?|[\p{L}\p{N}_]+(?:['’][\p{L}\p{N}_]+)*|\S/gu;

function split(text: string, pattern: RegExp): readonly Token[] {
  let end = 0;
  return [...text.matchAll(pattern)].map((match) => {
    const space = text.slice(end, match.index);
    end = match.index + match[0].length;
    return { text: match[0], space };
  });
}

/** The tokens of a query in LogQL, PromQL, SQL or a like language; label matchers and windows are one token each. */
export const queryTokens = (query: string): readonly Token[] => split(query, QUERY);
/** The words of a text; a number keeps its unit. */
export const textTokens = (text: string): readonly Token[] => split(text, TEXT);

/** Whether nothing stands between two tokens on one line: a line end inside parentheses is only layout. */
const isGlued = (before: Token, { text, space }: Token) =>
  space === "" || (space.includes("\n") && (before.text.endsWith("(") || text.startsWith(")")));

/** The tokens as they stood, on one line. */
export const joined = (tokens: readonly Token[]): string =>
  tokens
    .map((token, index) => (index === 0 || isGlued(tokens[index - 1]!, token) ? token.text : ` ${token.text}`))
    .join("")
    .replace(/\s+/g, " ");

import { actionTokens, type Emit, type Token } from "./action-tokens.ts";

const BLANK = /[ \t\r\n]/;

/** The end of a comment that starts at `at`, or what is wrong with it. */
const commentEnd = (source: string, at: number): { end: number; trims: boolean } | string => {
  const close = source.indexOf("*/", at);
  if (close < 0) return "unclosed comment";
  const [after] = /^(?:[ \t\r\n]-)?\}\}/.exec(source.slice(close + 2, close + 6)) ?? [];
  if (after === undefined) return "comment ends before closing delimiter";
  return { end: close + 2 + after.length, trims: after.length > 2 };
};

/** Go's tokens of a template, up to and with the first error. */
export const tokenize = (source: string): Token[] => {
  const tokens: Token[] = [];
  let lines = 1;
  let counted = 0;
  const emit: Emit = (token) => {
    for (; counted < token.at; counted++) if (source.charCodeAt(counted) === 10) lines++;
    tokens.push({ ...token, line: lines });
  };
  let at = 0;
  let trims = false;
  while (at < source.length) {
    const open = source.indexOf("{{", at);
    const end = open < 0 ? source.length : open;
    const trimsLeft = source[end + 2] === "-" && BLANK.test(source[end + 3] ?? "");
    let text = source.slice(at, end);
    const full = text.length;
    if (trims) text = text.replace(/^[ \t\r\n]+/, "");
    const start = at + full - text.length;
    if (trimsLeft) text = text.replace(/[ \t\r\n]+$/, "");
    if (text) emit({ type: "text", text, at: start });
    if (open < 0) break;
    const inside = open + (trimsLeft ? 4 : 2);
    if (source.startsWith("/*", inside)) {
      const comment = commentEnd(source, inside);
      if (typeof comment === "string") {
        emit({ type: "error", text: comment, at: inside });
        return tokens;
      }
      at = comment.end;
      trims = comment.trims;
      continue;
    }
    emit({ type: "open", text: "{{", at: open });
    const closed = actionTokens({ source, emit }, inside);
    if (!closed) return tokens;
    at = closed.end;
    trims = closed.trims;
  }
  emit({ type: "eof", text: "", at: source.length });
  return tokens;
};

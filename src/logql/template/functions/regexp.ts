import { regex } from "../../regex.ts";
import { CallError } from "../errors.ts";

/** A regular expression as Go takes it; a wrong one stops the function that asked. */
export const regexp = (pattern: string) => {
  try {
    return regex(pattern);
  } catch (error) {
    throw new CallError((error as Error).message.replace(/(trailing backslash at end of expression)$/, "$1: ``"));
  }
};

const GROUP = /\$(?:\$|(\w+)|\{(\w+)\})/g;
type Matcher = ReturnType<ReturnType<typeof regex>["matcher"]>;

/** Go's template of a replacement: `$1`, `${name}`, `$$`. */
export const expand = (replacement: string, matcher: Matcher): string =>
  replacement.replace(GROUP, (all, bare?: string, braced?: string) => {
    const name = bare ?? braced;
    if (name === undefined) return all === "$$" ? "$" : all;
    if (!/^\d+$/.test(name)) return groupNamed(matcher, name);
    return Number(name) <= matcher.groupCount() ? (matcher.group(Number(name)) ?? "") : "";
  });
const groupNamed = (matcher: Matcher, name: string): string => {
  try {
    return matcher.group(name) ?? "";
  } catch {
    return "";
  }
};

type Found = (match: Matcher, start: number, end: number) => void;
/** Calls back for each match that Go counts: an empty one right behind another is none. */
const eachMatch = (pattern: string, text: string, found: Found): void => {
  const matcher = regexp(pattern).matcher(text);
  let last = -1;
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (start !== end || start !== last) found(matcher, start, end);
    last = end;
  }
};

/** Go's ReplaceAllString: `$1` and `${name}` stand for groups. */
export const replaceAll = (pattern: string, text: string, replacement: string): string => {
  let out = "";
  let at = 0;
  eachMatch(pattern, text, (match, start, end) => {
    out += text.slice(at, start) + expand(replacement, match);
    at = end;
  });
  return out + text.slice(at);
};

/** Go's ReplaceAllLiteralString. */
export const replaceAllLiteral = (pattern: string, text: string, replacement: string): string =>
  replaceAll(pattern, text, replacement.replaceAll("$", "$$$$"));

export const countMatches = (pattern: string, text: string): number => {
  let count = 0;
  eachMatch(pattern, text, () => {
    count += 1;
  });
  return count;
};

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

/** Calls back for each match that Go counts: an empty one right behind another is none. */
const eachMatch = (pattern: string, text: string, found: (match: Matcher) => void): void => {
  const matcher = regexp(pattern).matcher(text);
  for (let last = -1; matcher.find(); last = matcher.end())
    if (matcher.start() !== matcher.end() || matcher.start() !== last) found(matcher);
};

/** Go's ReplaceAllString: `$1` and `${name}` stand for groups. */
export const replaceAll = (pattern: string, text: string, replacement: string): string => {
  let out = "";
  let at = 0;
  eachMatch(pattern, text, (match) => {
    out += text.slice(at, match.start()) + expand(replacement, match);
    at = match.end();
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

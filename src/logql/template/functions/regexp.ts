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

/** Go's ReplaceAllString: `$1` and `${name}` stand for groups. */
export const replaceAll = (pattern: string, text: string, replacement: string): string => {
  const matcher = regexp(pattern).matcher(text);
  let out = "";
  let at = 0;
  let last = -1;
  while (matcher.find()) {
    const start = matcher.start();
    const end = matcher.end();
    if (start === end && start === last) continue;
    out += text.slice(at, start) + expand(replacement, matcher);
    at = end;
    last = end;
  }
  return out + text.slice(at);
};

/** Go's ReplaceAllLiteralString. */
export const replaceAllLiteral = (pattern: string, text: string, replacement: string): string =>
  replaceAll(pattern, text, replacement.replaceAll("$", "$$$$"));

export const countMatches = (pattern: string, text: string): number => {
  const matcher = regexp(pattern).matcher(text);
  let count = 0;
  let last = -1;
  while (matcher.find()) {
    if (matcher.start() !== matcher.end() || matcher.start() !== last) count++;
    last = matcher.end();
  }
  return count;
};

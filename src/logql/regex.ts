import { RE2JS } from "re2js";
import { kept } from "../core/kept.ts";

/** A regular expression of Go's RE2, whose time grows only with the text. */
type Regex = Readonly<{
  /** Whether it is found anywhere in the text. */
  test: (text: string) => boolean;
  /** The text of each group, the whole first, at its first place in the text. */
  find: (text: string) => readonly (string | undefined)[] | undefined;
  /** Where it is found, one place after the other. */
  matcher: (text: string) => ReturnType<RE2JS["matcher"]>;
  /** The names of its groups, with their numbers. */
  names: Readonly<Record<string, number>>;
}>;

const meta = /[\\^$.*+?()[\]{}|]/;

/** Compiles a regular expression; what Go refuses throws an error with Go's words. */
export const regex = kept(1000, (source): Regex => {
  const re = RE2JS.compile(source);
  const find = (text: string) => {
    const matcher = re.matcher(text);
    if (!matcher.find()) return undefined;
    return Array.from({ length: re.groupCount() + 1 }, (_, group) => matcher.group(group) ?? undefined);
  };
  const test = meta.test(source) ? (text: string) => re.test(text) : (text: string) => text.includes(source);
  return {
    test,
    find,
    matcher: (text) => re.matcher(text),
    names: re.namedGroups() as Readonly<Record<string, number>>,
  };
});

const alternatives = /^[^\\^$.*+?()[\]{}]*$/;

/** A test of a whole text, as label matchers make it; alternatives of plain words need no engine. */
export function wholeText(source: string): (text: string) => boolean {
  if (!alternatives.test(source)) {
    const { test } = regex(`^(?s:${source})$`);
    return test;
  }
  if (!source.includes("|")) return (text) => text === source;
  const words = new Set(source.split("|"));
  return (text) => words.has(text);
}

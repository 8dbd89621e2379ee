import type { LineFilter, Matcher } from "../../../logql/ast.ts";
import { aboutLogs, excerpt, hasVariable, type Subject } from "../rule.ts";
import { isCondition, matchersOf, selectorOf } from "../stages.ts";

const META = /[\\^$.*+?()[\]{}|]/;

/** The one text that a regular expression matches, if it is no more; Loki anchors label matchers on both sides. */
function literalOf(regex: string): string | undefined {
  const bare = regex.replace(/^\^/, "").replace(/\$$/, "");
  const unescaped = bare.replace(/\\([^\w\s])/g, "");
  return META.test(unescaped) ? undefined : bare.replace(/\\([^\w\s])/g, "$1");
}

const isRegex = ({ op }: Matcher) => op === "=~" || op === "!~";
const literalMatcher = (subject: Subject, matcher: Matcher) =>
  isRegex(matcher) && !hasVariable(subject, matcher) ? literalOf(matcher.value) : undefined;

export const equalityMatcher = aboutLogs({
  name: "equality-matcher",
  reason:
    "Loki finds streams by equality; a selector of regular expressions and exclusions alone walks the whole label index.",
  check: (logs, subject) => {
    const isEquality = (matcher: Matcher) =>
      (matcher.op === "=" && matcher.value !== "") || literalMatcher(subject, matcher);
    if (logs.matchers.some(isEquality)) return undefined;
    const at = { span: selectorOf(logs, subject.filled.text) };
    const suggestion = 'add the label that names the application, as {job="…"}';
    return { at, message: `${excerpt(subject, at)} selects no label by equality`, suggestion };
  },
});

const LINE_OPS: Readonly<Record<string, string>> = { "|~": "|=", "!~": "!=" };

/** What a line filter of regular expressions that are plain texts would be without them. */
function plainFilter(filter: LineFilter): string | undefined {
  const op = LINE_OPS[filter.op];
  const plain = filter.alternatives.every(({ value, ip }) => !ip && value !== "" && !META.test(value));
  if (!op || !plain) return undefined;
  return `${op} ${filter.alternatives.map(({ value }) => JSON.stringify(value)).join(" or ")}`;
}

export const regexForEquality = aboutLogs({
  name: "regex-for-equality",
  reason:
    "An equality is looked up in the index (or compared byte by byte); a regular expression is tried on every value.",
  check: ({ matchers, stages }, subject) => {
    const ofLabels = stages.filter(isCondition).flatMap(({ filter }) => matchersOf(filter));
    const labels = [...matchers, ...ofLabels].flatMap((at) => {
      const literal = literalMatcher(subject, at);
      if (literal === undefined) return [];
      const suggestion = `write ${at.label}${at.op === "=~" ? "=" : "!="}${JSON.stringify(literal)}`;
      return { at, message: `${excerpt(subject, at)} matches one text only`, suggestion };
    });
    const lines = stages.flatMap((at) => {
      const plain = at.kind === "lineFilter" && !hasVariable(subject, at) ? plainFilter(at) : undefined;
      if (plain === undefined) return [];
      return { at, message: `${excerpt(subject, at)} is no regular expression`, suggestion: `write ${plain}` };
    });
    return [...labels, ...lines];
  },
});

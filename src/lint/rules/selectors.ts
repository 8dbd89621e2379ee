import { allLogs, type Matcher } from "../model.ts";
import { excerpt, hasVariable, type Subject, structural } from "../rule.ts";

const META = /[\\^$.*+?()[\]{}|]/;

/** The one text that a regular expression matches, if it is no more than that; Loki anchors label matchers on both sides. */
export function literalOf(regex: string): string | undefined {
  const bare = regex.replace(/^\^/, "").replace(/\$$/, "");
  const unescaped = bare.replace(/\\([^\w\s])/g, "");
  return META.test(unescaped) ? undefined : bare.replace(/\\([^\w\s])/g, "$1");
}

const isRegex = ({ op }: Matcher) => op === "=~" || op === "!~";
const literalMatcher = (subject: Subject, matcher: Matcher) => (isRegex(matcher) && !hasVariable(subject, matcher) ? literalOf(matcher.value) : undefined);

export const equalityMatcher = structural(
  "equality-matcher",
  "Loki finds streams by equality; a selector of regular expressions and exclusions alone walks the whole label index.",
  (query, subject) =>
    allLogs(query)
      .filter(({ matchers }) => !matchers.some((matcher) => matcher.op === "=" && matcher.value !== ""))
      .filter(({ matchers }) => !matchers.some((matcher) => literalMatcher(subject, matcher)))
      .map(({ selector }) => ({
        offset: selector.from,
        message: `${excerpt(subject.text, selector)} selects no label by equality`,
        suggestion: 'add the label that names the application, as {job="…"}',
      })),
);

const LINE_OPS: Readonly<Record<string, string>> = { "|~": "|=", "!~": "!=" };

export const regexForEquality = structural(
  "regex-for-equality",
  "An equality is looked up in the index (or compared byte by byte); a regular expression is tried on every value.",
  (query, subject) =>
    allLogs(query).flatMap(({ matchers, stages }) => {
      const ofLabels = stages.flatMap((stage) => (stage.kind === "labelFilter" ? stage.matchers : []));
      const labels = [...matchers, ...ofLabels].flatMap((matcher) => {
        const literal = literalMatcher(subject, matcher);
        if (literal === undefined) return [];
        const op = matcher.op === "=~" ? "=" : "!=";
        return [
          {
            offset: matcher.from,
            message: `${excerpt(subject.text, matcher)} matches one text only`,
            suggestion: `write ${matcher.label}${op}${JSON.stringify(literal)}`,
          },
        ];
      });
      const lines = stages.flatMap((stage) => {
        if (stage.kind !== "lineFilter" || !(stage.op in LINE_OPS) || stage.value === "" || META.test(stage.value) || hasVariable(subject, stage)) return [];
        return [
          {
            offset: stage.from,
            message: `${excerpt(subject.text, stage)} is no regular expression`,
            suggestion: `write ${LINE_OPS[stage.op]} ${JSON.stringify(stage.value)}`,
          },
        ];
      });
      return [...labels, ...lines];
    }),
);

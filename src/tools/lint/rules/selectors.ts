import { type LineFilter, logsOf, type Matcher } from "../../../logql/ast.ts";
import { excerpt, hasVariable, placeOf, type Subject, structural } from "../rule.ts";
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

export const equalityMatcher = structural({
  name: "equality-matcher",
  reason:
    "Loki finds streams by equality; a selector of regular expressions and exclusions alone walks the whole label index.",
  check: (query, subject) =>
    logsOf(query)
      .filter(({ matchers }) => !matchers.some((matcher) => matcher.op === "=" && matcher.value !== ""))
      .filter(({ matchers }) => !matchers.some((matcher) => literalMatcher(subject, matcher)))
      .map((logs) => {
        const span = selectorOf(logs, subject.filled.text);
        const message = `${excerpt(subject, { span })} selects no label by equality`;
        return { offset: span.from, message, suggestion: 'add the label that names the application, as {job="…"}' };
      }),
});

const LINE_OPS: Readonly<Record<string, string>> = { "|~": "|=", "!~": "!=" };

/** What a line filter of regular expressions that are plain texts would be without them. */
function plainFilter(filter: LineFilter): string | undefined {
  const op = LINE_OPS[filter.op];
  const plain = filter.alternatives.every(({ value, ip }) => !ip && value !== "" && !META.test(value));
  if (!op || !plain) return undefined;
  return `${op} ${filter.alternatives.map(({ value }) => JSON.stringify(value)).join(" or ")}`;
}

export const regexForEquality = structural({
  name: "regex-for-equality",
  reason:
    "An equality is looked up in the index (or compared byte by byte); a regular expression is tried on every value.",
  check: (query, subject) =>
    logsOf(query).flatMap(({ matchers, stages }) => {
      const ofLabels = stages.filter(isCondition).flatMap(({ filter }) => matchersOf(filter));
      const labels = [...matchers, ...ofLabels].flatMap((matcher) => {
        const literal = literalMatcher(subject, matcher);
        if (literal === undefined) return [];
        const op = matcher.op === "=~" ? "=" : "!=";
        const message = `${excerpt(subject, matcher)} matches one text only`;
        return [
          {
            offset: placeOf(matcher).from,
            message,
            suggestion: `write ${matcher.label}${op}${JSON.stringify(literal)}`,
          },
        ];
      });
      const lines = stages.flatMap((stage) => {
        const plain = stage.kind === "lineFilter" && !hasVariable(subject, stage) ? plainFilter(stage) : undefined;
        if (plain === undefined) return [];
        const message = `${excerpt(subject, stage)} is no regular expression`;
        return [{ offset: placeOf(stage).from, message, suggestion: `write ${plain}` }];
      });
      return [...labels, ...lines];
    }),
});

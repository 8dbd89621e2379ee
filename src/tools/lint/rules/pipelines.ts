import { type LogQuery, type Matcher, unwrapOf } from "../../../logql/ast.ts";
import { regex } from "../../../logql/regex.ts";
import { columns } from "../../../schema.ts";
import { aboutLogs, aboutRanges, excerpt, placeOf } from "../rule.ts";
import { type Condition, comparedIn, hasAlternatives, isCondition, isParser, matchersOf, rewrites } from "../stages.ts";

export const lineFilterAfterParser = aboutLogs({
  name: "line-filter-after-parser",
  reason: "A line filter is the cheapest stage: before the parser it spares the parsing of every line that it drops.",
  check: ({ stages }, subject) => {
    const rewritten = stages.findIndex(rewrites);
    const original = rewritten < 0 ? stages : stages.slice(0, rewritten);
    const first = original.findIndex(isParser);
    const parser = original[first];
    if (!parser) return undefined;
    const late = original.slice(first).filter(({ kind }) => kind === "lineFilter");
    return late.map((at) => {
      const message = `the line filter ${excerpt(subject, at)} stands after | ${excerpt(subject, parser)}`;
      return { at, message, suggestion: `move it before | ${parser.kind}` };
    });
  },
});

const dropsErrors = ({ label, op, value }: Matcher) =>
  label === "__error__" && ((op === "=" && value === "") || (op === "!~" && value === ".+"));

export const unwrapErrorFilter = aboutLogs({
  name: "unwrap-error-filter",
  reason:
    "One value that is no number fails the whole query, unless the lines with an error are left out after the unwrap.",
  check: (logs, subject) => {
    const at = unwrapOf(logs);
    if (!at) return undefined;
    const after = logs.stages.filter(isCondition).filter((stage) => placeOf(stage).from > placeOf(at).from);
    if (after.some(({ filter }) => !hasAlternatives(filter) && matchersOf(filter).some(dropsErrors))) return undefined;
    const written = excerpt(subject, at);
    const suggestion = `write | ${written} | __error__="", which leaves out what is no number`;
    return { at, message: `| ${written} is not followed by | __error__=""`, suggestion };
  },
});

const matchesEmpty = ({ op, value }: Matcher): boolean => {
  if (op === "=" || op === "!=") return (value === "") === (op === "=");
  return regex(`^(?:${value})$`).test("") === (op === "=~");
};

/** Whether a label filter keeps only lines that have the field. */
const requires = ({ filter }: Condition, field: string) =>
  !hasAlternatives(filter) &&
  (comparedIn(filter).includes(field) ||
    matchersOf(filter).some((matcher) => matcher.label === field && !matchesEmpty(matcher)));

const REQUIRED: ReadonlySet<string> = new Set(
  Object.values(columns).flatMap(({ name, required }) => (required ? [name] : [])),
);

/** Whether a pipeline leaves out the lines without a field, or sets it, before it unwraps it. */
function hasField({ stages }: LogQuery, field: string): boolean {
  const before = stages.slice(
    0,
    stages.findIndex(({ kind }) => kind === "unwrap"),
  );
  return before.some((stage) => {
    if (isCondition(stage)) return requires(stage, field);
    return stage.kind === "labelFormat" && stage.formats.some(({ name }) => name === field);
  });
}

export const meanOfOptionalField = aboutRanges({
  name: "mean-of-optional-field",
  reason:
    "Loki 3.7 computes a grouped mean as sum ÷ count of all lines: the lines without the field pull it towards 0.",
  check: ({ fn, logs, grouping }, subject) => {
    const at = unwrapOf(logs);
    if (fn !== "avg_over_time" || !grouping || !at || REQUIRED.has(at.label) || hasField(logs, at.label))
      return undefined;
    const suggestion = `write | ${at.label}!="" before | ${excerpt(subject, at)}, which leaves those lines out`;
    return { at, message: `the mean of ${at.label} counts the lines without it too`, suggestion };
  },
});

import { type LogQuery, logsOf, type Matcher, rangesOf, unwrapOf } from "../../../logql/ast.ts";
import { regex } from "../../../logql/regex.ts";
import { columns } from "../../../schema.ts";
import { excerpt, placeOf, structural } from "../rule.ts";
import { type Condition, comparedIn, hasAlternatives, isCondition, isParser, matchersOf, rewrites } from "../stages.ts";

export const lineFilterAfterParser = structural({
  name: "line-filter-after-parser",
  reason: "A line filter is the cheapest stage: before the parser it spares the parsing of every line that it drops.",
  check: (query, subject) =>
    logsOf(query).flatMap(({ stages }) => {
      const rewritten = stages.findIndex(rewrites);
      const original = rewritten < 0 ? stages : stages.slice(0, rewritten);
      const first = original.findIndex(isParser);
      const parser = original[first];
      if (!parser) return [];
      return original.slice(first).flatMap((stage) => {
        if (stage.kind !== "lineFilter") return [];
        const message = `the line filter ${excerpt(subject, stage)} stands after | ${excerpt(subject, parser)}`;
        return [{ offset: placeOf(stage).from, message, suggestion: `move it before | ${parser.kind}` }];
      });
    }),
});

const dropsErrors = ({ label, op, value }: Matcher) =>
  label === "__error__" && ((op === "=" && value === "") || (op === "!~" && value === ".+"));
const startsAfter = (stage: Condition, place: number) => placeOf(stage).from > place;

export const unwrapErrorFilter = structural({
  name: "unwrap-error-filter",
  reason:
    "One value that is no number fails the whole query, unless the lines with an error are left out after the unwrap.",
  check: (query, subject) =>
    logsOf(query).flatMap((logs) => {
      const unwrap = unwrapOf(logs);
      if (!unwrap) return [];
      const offset = placeOf(unwrap).from;
      const after = logs.stages.filter(isCondition).filter((stage) => startsAfter(stage, offset));
      if (after.some(({ filter }) => !hasAlternatives(filter) && matchersOf(filter).some(dropsErrors))) return [];
      const written = excerpt(subject, unwrap);
      const suggestion = `write | ${written} | __error__="", which leaves out what is no number`;
      return [{ offset, message: `| ${written} is not followed by | __error__=""`, suggestion }];
    }),
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
const hasField = ({ stages }: LogQuery, field: string): boolean =>
  stages
    .slice(
      0,
      stages.findIndex(({ kind }) => kind === "unwrap"),
    )
    .some((stage) => {
      if (stage.kind === "labelFilter") return requires(stage, field);
      return stage.kind === "labelFormat" && stage.formats.some(({ name }) => name === field);
    });

export const meanOfOptionalField = structural({
  name: "mean-of-optional-field",
  reason:
    "Loki 3.7 computes a grouped mean as sum ÷ count of all lines: the lines without the field pull it towards 0.",
  check: (query, subject) =>
    rangesOf(query).flatMap(({ fn, logs, grouping }) => {
      const unwrap = unwrapOf(logs);
      if (fn !== "avg_over_time" || !grouping || !unwrap || REQUIRED.has(unwrap.label) || hasField(logs, unwrap.label))
        return [];
      return [
        {
          offset: placeOf(unwrap).from,
          message: `the mean of ${unwrap.label} counts the lines without it too`,
          suggestion: `write | ${unwrap.label}!="" before | ${excerpt(subject, unwrap)}, which leaves those lines out`,
        },
      ];
    }),
});

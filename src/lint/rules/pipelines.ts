import { columns } from "../../schema.ts";
import { allLogs, type LabelFilter, type Logs, type Matcher, parts, type Query, ranges, type Stage, unwrapOf } from "../model.ts";
import { excerpt, structural } from "../rule.ts";

export const lineFilterAfterParser = structural(
  "line-filter-after-parser",
  "A line filter is the cheapest stage: before the parser it spares the parsing of every line that it drops.",
  (query, { text }) =>
    allLogs(query).flatMap(({ stages }) => {
      const rewritten = stages.findIndex((stage) => stage.kind === "rewrite" || (stage.kind === "parser" && stage.name === "unpack"));
      const original = rewritten < 0 ? stages : stages.slice(0, rewritten);
      const parser = original.find((stage) => stage.kind === "parser");
      if (!parser) return [];
      return original
        .filter((stage) => stage.kind === "lineFilter" && stage.from > parser.from)
        .map((filter) => ({
          offset: filter.from,
          message: `the line filter ${excerpt(text, filter)} stands after | ${excerpt(text, parser)}`,
          suggestion: `move it before | ${parser.name}`,
        }));
    }),
);

/** The fields that a metric filters, unwraps or groups by, but for labels that its selector names. */
function usedFields(query: Query, { matchers, stages }: Logs): readonly string[] {
  const inStages = stages.flatMap((stage) => {
    if (stage.kind === "unwrap") return [stage.field];
    return stage.kind === "labelFilter" ? [...stage.matchers.map(({ label }) => label), ...stage.compared] : [];
  });
  const grouped = (query.kind === "metric" ? parts(query.metric) : []).flatMap((part) =>
    "grouping" in part && part.grouping?.kind === "by" ? part.grouping.labels : [],
  );
  const named = new Set(matchers.map(({ label }) => label));
  return [...new Set([...inStages, ...grouped])].filter((name) => name && !name.startsWith("__") && !named.has(name));
}

export const jsonWithoutFields = structural(
  "json-without-fields",
  "A metric needs a field or two; a bare json parser makes labels of all of them, on every line.",
  (query) =>
    ranges(query).flatMap(({ logs }) => {
      const fields = usedFields(query, logs).map((name) => `${name}="${name}"`);
      return logs.stages
        .filter((stage) => stage.kind === "parser" && stage.name === "json" && stage.fields.length === 0)
        .map(({ from }) => ({
          offset: from,
          message: "| json extracts every field of the line for a metric",
          suggestion:
            fields.length > 0
              ? `name the fields (not the stream labels): | json ${fields.join(", ")}`
              : "drop the parser, or name the field that the metric needs",
        }));
    }),
);

const dropsErrors = ({ label, op, value }: Matcher) => label === "__error__" && ((op === "=" && value === "") || (op === "!~" && value === ".+"));
const isFilter = (stage: Stage): stage is LabelFilter => stage.kind === "labelFilter";

export const unwrapErrorFilter = structural(
  "unwrap-error-filter",
  "One value that is no number fails the whole query, unless the lines with an error are left out after the unwrap.",
  (query, { text }) =>
    allLogs(query).flatMap((logs) => {
      const unwrap = unwrapOf(logs);
      const after = logs.stages.filter(isFilter).filter(({ from }) => unwrap && from > unwrap.from);
      if (!unwrap || after.some(({ matchers, either }) => !either && matchers.some(dropsErrors))) return [];
      return [
        {
          offset: unwrap.from,
          message: `| ${excerpt(text, unwrap)} is not followed by | __error__=""`,
          suggestion: `write | ${excerpt(text, unwrap)} | __error__=""`,
        },
      ];
    }),
);

const matchesEmpty = ({ op, value }: Matcher): boolean => {
  if (op === "=" || op === "!=") return (value === "") === (op === "=");
  try {
    // RE2's leading flags are no syntax here, and change nothing about an empty text.
    return new RegExp(`^(?:${value.replace(/^\(\?[imsU]+\)/, "")})$`).test("") === (op === "=~");
  } catch {
    return true;
  }
};

/** Whether a label filter keeps only lines that have the field. */
const requires = (filter: LabelFilter, field: string) =>
  !filter.either && (filter.compared.includes(field) || filter.matchers.some((matcher) => matcher.label === field && !matchesEmpty(matcher)));

const REQUIRED: ReadonlySet<string> = new Set(Object.values(columns).flatMap(({ name, required }) => (required ? [name] : [])));

export const meanOfOptionalField = structural(
  "mean-of-optional-field",
  "Loki 3.7 computes a grouped mean as sum ÷ count of all lines: the lines without the field pull it towards 0.",
  (query, { text }) =>
    ranges(query).flatMap(({ fn, logs, grouping }) => {
      const unwrap = unwrapOf(logs);
      if (fn !== "avg_over_time" || !grouping || !unwrap || REQUIRED.has(unwrap.field)) return [];
      const before = logs.stages.filter(({ from }) => from < unwrap.from);
      if (before.some((stage) => (isFilter(stage) ? requires(stage, unwrap.field) : stage.kind === "labels" && stage.sets.includes(unwrap.field)))) return [];
      return [
        {
          offset: unwrap.from,
          message: `the mean of ${unwrap.field} counts the lines without it too`,
          suggestion: `write | ${unwrap.field}!="" before | ${excerpt(text, unwrap)}`,
        },
      ];
    }),
);

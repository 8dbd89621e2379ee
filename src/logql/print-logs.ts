import { printNanoseconds } from "../core/durations.ts";
import type { Field, LabelFilter, LabelFormat, LogQuery, Matcher, Needle, Stage } from "./ast.ts";
import { strengths } from "./names.ts";
import { quote } from "./quote.ts";
import { printFloat } from "./units.ts";

const printMatcher = ({ label, op, value }: Matcher): string => `${label}${op}${quote(value)}`;
export const printSelector = ({ matchers }: LogQuery): string => `{${matchers.map(printMatcher).join(", ")}}`;
/** A log query on one line. */
export const printLogs = (logs: LogQuery): string => [printSelector(logs), ...logs.stages.map(printStage)].join(" ");

const field = ({ name, path }: Field) => `${name}=${quote(path)}`;
const fields = (list: readonly Field[]) => (list.length > 0 ? ` ${list.map(field).join(", ")}` : "");
const format = (one: LabelFormat) =>
  "template" in one ? `${one.name}=${quote(one.template)}` : `${one.name}=${one.from}`;
const needle = ({ value, ip }: Needle) => (ip ? `ip(${quote(value)})` : quote(value));

/** One stage of a pipeline. */
export function printStage(stage: Stage): string {
  switch (stage.kind) {
    case "lineFilter":
      return `${stage.op} ${stage.alternatives.map(needle).join(" or ")}`;
    case "json":
      return `| json${fields(stage.fields)}`;
    case "logfmt": {
      const strict = stage.strict ? " --strict" : "";
      const keepEmpty = stage.keepEmpty ? " --keep-empty" : "";
      return `| logfmt${strict}${keepEmpty}${fields(stage.fields)}`;
    }
    case "pattern":
    case "regexp":
      return `| ${stage.kind} ${quote(stage.value)}`;
    case "unpack":
    case "decolorize":
      return `| ${stage.kind}`;
    case "labelFilter":
      return `| ${printFilter(stage.filter)}`;
    case "lineFormat":
      return `| line_format ${quote(stage.template)}`;
    case "labelFormat":
      return `| label_format ${stage.formats.map(format).join(", ")}`;
    case "keep":
    case "drop":
      return `| ${stage.kind} ${stage.labels.map((choice) => (typeof choice === "string" ? choice : printMatcher(choice))).join(", ")}`;
    case "unwrap":
      return `| unwrap ${stage.conversion === undefined ? stage.label : `${stage.conversion}(${stage.label})`}`;
    default:
      return stage satisfies never;
  }
}

function printFilter(filter: LabelFilter): string {
  switch (filter.kind) {
    case "match":
      return printMatcher(filter.matcher);
    case "ip":
      return `${filter.label}${filter.op}ip(${quote(filter.value)})`;
    case "number":
      return `${filter.label} ${filter.op} ${printFloat(filter.value)}`;
    case "duration":
      return `${filter.label} ${filter.op} ${printNanoseconds(filter.value)}`;
    case "bytes":
      return `${filter.label} ${filter.op} ${printBytes(filter.value)}`;
    case "and":
    case "or":
      return `${side(filter.left, strengths[filter.kind])} ${filter.kind} ${side(filter.right, strengths[filter.kind] + 1)}`;
    default:
      return filter satisfies never;
  }
}

const side = (filter: LabelFilter, least: number) => {
  const loose = (filter.kind === "and" || filter.kind === "or") && strengths[filter.kind] < least;
  return loose ? `(${printFilter(filter)})` : printFilter(filter);
};

const sizes = ["B", "KB", "MB", "GB", "TB", "PB"];

/** A size with the largest unit of which it is a whole number. */
function printBytes(value: number): string {
  const decimal = sizes.findLastIndex((_, index) => value % 1000 ** index === 0);
  const binary = sizes.findLastIndex((_, index) => value % 1024 ** index === 0);
  if (value === 0) return "0B";
  return binary > 0 && 1024 ** binary > 1000 ** decimal
    ? `${value / 1024 ** binary}${sizes[binary]!.replace("B", "iB")}`
    : `${value / 1000 ** decimal}${sizes[decimal]}`;
}

import { printDuration, seconds } from "../units.ts";
import type { Logs, Matcher, Metric, Node, Range, Stage } from "./ast.ts";

/** Prints a query as LogQL on one line; nested binary operations always stand in parentheses. */
export function print(query: Logs | Metric): string {
  return query.kind === "logs" ? printLogs(query) : printNode(query.node);
}

const quote = (text: string) => JSON.stringify(text);
const list = (names: readonly string[]) => `(${names.join(", ")})`;
const printMatcher = ({ label, op, value }: Matcher) => `${label}${op}${quote(value)}`;
const printRange = (range: Range) => (typeof range === "number" ? printDuration(seconds(range)) : range);
const printLogs = ({ matchers, stages }: Logs) => [`{${matchers.map(printMatcher).join(", ")}}`, ...stages.map(printStage)].join(" ");

function printStage(stage: Stage): string {
  switch (stage.kind) {
    case "json":
      return `| json ${stage.fields.map((name) => `${name}=${quote(name)}`).join(", ")}`;
    case "search":
      return `|~ \`(?i)\${${stage.variable}:regex}\``;
    case "labelFormat":
      return `| label_format ${stage.name}=${quote(stage.template)}`;
    case "dropEmpty":
      return `| drop ${stage.fields.map((name) => `${name}=""`).join(", ")}`;
    case "present":
      return `| ${stage.name}!=""`;
    case "same":
      return `| ${stage.name}=${quote(stage.value)}`;
    case "oneOfStarts":
      return `| ${stage.name}=~${quote(`(${stage.starts.join("|")}).*`)}`;
    case "unwrap":
      return `| unwrap ${stage.name} | __error__=""`;
    default:
      return stage satisfies never;
  }
}

function printNode(node: Node): string {
  switch (node.kind) {
    case "range": {
      const param = node.param === undefined ? "" : `${node.param}, `;
      return `${node.fn}(${param}${printLogs(node.logs)} [${printRange(node.range)}])${node.by ? ` by ${list(node.by)}` : ""}`;
    }
    case "sum":
      return `sum${node.by.length > 0 ? ` by ${list(node.by)}` : ""} (${printNode(node.of)})`;
    case "binary":
      return `${printOperand(node.left)} ${node.op} ${printOperand(node.right)}`;
    case "number":
      return String(node.value);
    case "vector":
      return `vector(${node.value})`;
    case "rangeEnd":
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a Grafana variable, milliseconds since 1970
      return "${__to}";
    default:
      return node satisfies never;
  }
}

const printOperand = (node: Node) => (node.kind === "binary" ? `(${printNode(node)})` : printNode(node));

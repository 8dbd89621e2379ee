import { asList, asText, get, type Json } from "../../../core/documents/json.ts";
import { fillVariables, standIn } from "../../../logql/variables.ts";

/** Whether a data source is Loki; undefined when nothing says so. */
export type IsLoki = boolean | undefined;
/** What a dashboard says of its data source variables and inputs, by their name. */
export type Sources = ReadonlyMap<string, boolean>;

const VARIABLE = /^\$\{?(\w+)(?::\w+)?\}?$|^\[\[(\w+)\]\]$/;
/** Grafana's own sources, which are no Loki: its test data, the expressions on a server. */
const OWN = /^(?:-- grafana --|grafana|__expr__|-100)$/i;

type Named = readonly [name: string | undefined, plugin: string | undefined];
/** Data sources by the names that a dashboard gives them. */
export const sourcesFrom = (named: readonly Named[]): Sources =>
  new Map(named.flatMap(([name, plugin]) => (name && plugin ? [[name, plugin === "loki"] as const] : [])));

/** The data sources that a dashboard asks for or lets its reader choose. */
export function sourcesOf(dashboard: Json): Sources {
  const inputs = asList(get(dashboard, "__inputs")).map(
    (input): Named => [asText(get(input, "name")), asText(get(input, "pluginId"))],
  );
  const variables = asList(get(dashboard, "templating", "list"))
    .filter((variable) => get(variable, "type") === "datasource")
    .map((variable): Named => [asText(get(variable, "name")), asText(get(variable, "query"))]);
  return sourcesFrom([...inputs, ...variables]);
}

function byName(name: string, sources: Sources): IsLoki {
  const [, plain, bracketed] = VARIABLE.exec(name) ?? [];
  return OWN.test(name) ? false : sources.get(plain ?? bracketed ?? "");
}

/**
 * Whether a `datasource` property (a name, or a type and a uid) means Loki.
 * Its type says so, else what the dashboard says of its variable.
 */
export function isLoki(datasource: Json | undefined, sources: Sources): IsLoki {
  if (typeof datasource === "string") return byName(datasource, sources);
  const type = asText(get(datasource, "type"));
  if (type && type !== "datasource" && !type.startsWith("$")) return type === "loki";
  const name = asText(get(datasource, "uid")) ?? asText(get(datasource, "name"));
  return name === undefined ? undefined : byName(name, sources);
}

const STRING_OR_COMMENT = /"(?:[^"\\]|\\.)*(?:"|$)|`[^`]*(?:`|$)|#[^\n]*/gs;
/** A query without what its strings and comments say. */
export const withoutStrings = (text: string): string =>
  text.replace(STRING_OR_COMMENT, (found) => (found.startsWith("#") ? " " : '""'));

const OPERATORS = new Set(["and", "or", "unless", "bool"]);
const PROMQL =
  /\b__name__\b|\b(?:absent|increase|irate|i?delta|deriv|predict_linear|changes|resets|histogram_\w+|label_join|count_values|present_over_time|time)\s*\(/;

/** Whether a text is LogQL rather than PromQL: a stream selector has no metric name before it, nor inside. */
export function looksLikeLogql(text: string): boolean {
  const plain = withoutStrings(fillVariables(text, standIn).text);
  if (PROMQL.test(plain)) return false;
  return [...plain.matchAll(/\{(?=\s*(?:[\w.]+\s*[=!]|\}))/g)].some(({ index }) => {
    const before = plain.slice(0, index).trimEnd();
    const word = /[\w:]+$/.exec(before.slice(-100))?.[0];
    return word ? OPERATORS.has(word.toLowerCase()) : !/[\]})]$/.test(before);
  });
}

import { fillVariables, standIn } from "../../logql/variables.ts";
import { get, listOf, type Node, plainOf, textOf } from "./nodes.ts";

/** Whether a data source is Loki; undefined when nothing says so. */
export type IsLoki = boolean | undefined;
/** What a dashboard says of its data source variables and inputs, by their name. */
export type Sources = ReadonlyMap<string, boolean>;

const OTHERS = /prom|mimir|thanos|cortex|victoria|tempo|jaeger|influx|graphite|elastic|postgres|mysql|cloudwatch|testdata|^(?:-- )?grafana(?: --)?$|__expr__/i;
const VARIABLE = /^\$\{?(\w+)(?::\w+)?\}?$|^\[\[(\w+)\]\]$/;

/** The data sources that a dashboard asks for or lets its reader choose. */
export function sourcesOf(dashboard: Node): Sources {
  const inputs = listOf(get(dashboard, "__inputs")).map((input) => [textOf(get(input, "name")), textOf(get(input, "pluginId"))] as const);
  const variables = listOf(get(dashboard, "templating", "list"))
    .filter((variable) => textOf(get(variable, "type")) === "datasource")
    .map((variable) => [textOf(get(variable, "name")), textOf(get(variable, "query"))] as const);
  return new Map([...inputs, ...variables].flatMap(([name, plugin]) => (name && plugin ? [[name, plugin === "loki"] as const] : [])));
}

function byName(name: string, sources: Sources): IsLoki {
  if (name === "-- Mixed --" || name === "-- Dashboard --") return undefined;
  const [, plain, bracketed] = VARIABLE.exec(name) ?? [];
  const known = sources.get(plain ?? bracketed ?? "");
  if (known !== undefined) return known;
  if (/loki/i.test(name)) return true;
  return OTHERS.test(name) ? false : undefined;
}

/** Whether a `datasource` property (a name, or a type and a uid) means Loki. */
export function isLoki(datasource: Node | undefined, sources: Sources): IsLoki {
  const name = textOf(datasource);
  if (name !== undefined) return byName(name, sources);
  const type = plainOf(get(datasource, "type"));
  if (typeof type === "string" && type !== "datasource" && !type.startsWith("$")) return type === "loki";
  const uid = textOf(get(datasource, "uid"));
  return uid === undefined ? undefined : byName(uid, sources);
}

const STRING_OR_COMMENT = /"(?:[^"\\]|\\.)*(?:"|$)|`[^`]*(?:`|$)|#[^\n]*/gs;
const withoutStrings = (text: string) => text.replace(STRING_OR_COMMENT, (found) => (found.startsWith("#") ? " " : '""'));

const OPERATORS = new Set(["and", "or", "unless", "bool"]);

/** Whether a text is LogQL rather than PromQL: a stream selector has no metric name before it, nor inside. */
export function looksLikeLogql(text: string): boolean {
  const plain = withoutStrings(fillVariables(text, standIn).text);
  if (/\b__name__\b/.test(plain)) return false;
  return [...plain.matchAll(/\{(?=\s*(?:[\w.]+\s*[=!]|\}))/g)].some(({ index }) => {
    const before = plain.slice(0, index).trimEnd();
    const word = /[\w:]+$/.exec(before)?.[0];
    return word ? OPERATORS.has(word.toLowerCase()) : !/[\]})]$/.test(before);
  });
}

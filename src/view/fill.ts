import { timeVariables } from "../alerting/loki-query.ts";
import { EvaluationError, LogqlError } from "../logql/errors.ts";
import type { Streams } from "../logql/streams.ts";
import { percentEncoded } from "../logql/template/run/escape.ts";
import { fillVariables, type Placeholder } from "../logql/variables.ts";
import { ALL, type Choice } from "./choice.ts";
import type { Variable } from "./model.ts";
import type { TimeRange } from "./times.ts";

const SPECIAL = /[\\^$*+?.()|[\]{}/]/g;
const asRegex = (text: string) => text.replace(SPECIAL, "\\$&");
/** Inside a string of LogQL each backslash is written twice; a double quote stays as it is. */
const asRegexInString = (text: string) => text.replace(/\\/g, "\\\\\\\\").replace(/[$^*{}[\]+?.()|]/g, "\\\\$&");
const inString = (text: string) => text.replace(/\\/g, "\\\\").replace(/"/g, '\\"');

const asGlob = (values: readonly string[]) => (values.length > 1 ? `{${values.join(",")}}` : values.join(""));

/** The values chosen in a variable: from the address, else its own first choice. */
export function chosenIn({ name, current, type, query }: Variable, choice: Choice): readonly string[] {
  const given = choice[name];
  if (given !== undefined) return given.map((one) => (one === "All" ? ALL : one));
  const own = current.value ?? (type === "textbox" || type === "constant" ? String(query ?? "") : undefined);
  return own === undefined ? [] : [own].flat();
}

const orAnything = (value: string) => (value === ".*" ? value : asRegexInString(value));

function textFor(variable: Variable, { format }: Placeholder, choice: Choice): string {
  const chosen = chosenIn(variable, choice);
  const several = variable.multi || variable.includeAll;
  if (several && (chosen.includes(ALL) || chosen.length === 0) && variable.allValue) return variable.allValue;
  const values = chosen.includes(ALL) ? [".*"] : chosen;
  switch (format) {
    case "":
      return several ? values.map(orAnything).join("|") : inString(values.join("|"));
    case "regex":
      return values.length > 1 ? `(${values.map(asRegex).join("|")})` : values.map(asRegex).join("");
    case "pipe":
      return values.join("|");
    case "csv":
    case "raw":
    case "text":
      return values.join(",");
    case "glob":
      return asGlob(values);
    case "percentencode":
      return percentEncoded(asGlob(values));
    case "doublequote":
      return values.map((value) => `"${value.replaceAll('"', '\\"')}"`).join(",");
    case "singlequote":
      return values.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(",");
    case "json":
      return JSON.stringify(values.length === 1 ? values[0] : values);
    default:
      throw new RangeError(`le format « ${format} » de la variable « ${variable.name} » n'est pas connu de l'aperçu`);
  }
}

/** What is asked: records, over a range (ms), with what is chosen in the variables. */
export type Asked = Readonly<{ streams: Streams; range: TimeRange; variables: readonly Variable[]; choice: Choice }>;
type Filling = Omit<Asked, "streams"> & Readonly<{ step: number; instant: boolean }>;

/** A query that cannot be answered, as it stands or as its variables are filled in. */
export const isQueryFault = (error: unknown): error is Error =>
  error instanceof LogqlError || error instanceof EvaluationError || error instanceof RangeError;

/** A query whose variables are filled in as Grafana's Loki data source does. */
export function filled(expr: string, { range: { from, to }, step, instant, variables, choice }: Filling): string {
  const times = timeVariables({ range: to - from, interval: step, step, instant });
  const own = new Map([...times, ["__from", `${from}`], ["__to", `${to}`]]);
  return fillVariables(expr, (placeholder) => {
    const variable = variables.find(({ name }) => name === placeholder.name);
    return own.get(placeholder.name) ?? (variable && textFor(variable, placeholder, choice));
  }).text;
}

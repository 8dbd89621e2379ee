import { fillVariables } from "../../../logql/variables.ts";
import { asList, asText, get, type Json } from "../json.ts";

/** What Grafana puts in the place of its own variables; in seconds. */
export type Times = Readonly<{ at: number; range: number; step: number }>;

const inRegex = (text: string) => text.replace(/[\\^$*+?.()|[\]{}/]/g, "\\$&");
/** Inside a double-quoted string of LogQL, each backslash of the escape is doubled. */
const inString = (text: string) => inRegex(text).replaceAll("\\", "\\\\");

const builtIn = ({ at, range, step }: Times): Readonly<Record<string, string>> => ({
  __auto: `${step}s`,
  __interval: `${step}s`,
  __interval_ms: String(step * 1000),
  __range: `${range}s`,
  __range_s: String(range),
  __range_ms: String(range * 1000),
  __from: String((at - range) * 1000),
  __to: String(at * 1000),
});

/** What a dashboard starts with: every chosen value, "All" as its own value. */
function startValue(variable: Json, format: string): string {
  const value = get(variable, "current", "value") ?? (get(variable, "includeAll") === true ? "$__all" : "");
  const chosen = Array.isArray(value) ? asList(value).flatMap((one) => asText(one) ?? []) : [asText(value) ?? ""];
  if (chosen.includes("$__all")) return asText(get(variable, "allValue")) || ".*";
  if (format === "percentencode") return encodeURIComponent(chosen.join(","));
  if (format === "regex") return chosen.map(inRegex).join("|");
  const several = get(variable, "multi") === true || get(variable, "includeAll") === true;
  return several && format !== "raw" ? chosen.map(inString).join("|") : chosen.join("|");
}

/** A query with a dashboard's variables filled in as Grafana does when the dashboard is opened; an unknown variable stays. */
export function substituted(expr: string, variables: readonly Json[], times: Times): string {
  const known = builtIn(times);
  return fillVariables(expr, ({ name, format }) => {
    if (Object.hasOwn(known, name)) return known[name]!;
    const variable = variables.find((one) => get(one, "name") === name);
    return variable === undefined ? undefined : startValue(variable, format);
  }).text;
}

import { durationSeconds, inTime } from "../../../core/durations.ts";
import { inUnit } from "../../../core/grafana-units.ts";
import { asList, asNumber, asObject, asText, get, type Json, written } from "../json.ts";

/** Says threshold steps with their unit (`green, red from 10 s`); undefined for anything else. */
export function thresholds(value: Json, unit: string | undefined): string | undefined {
  const steps = asList(get(value, "steps")).map(asObject);
  if (steps.length === 0 || !steps.every(({ color }) => typeof color === "string")) return undefined;
  const shown = get(value, "mode") === "percentage" ? "percent" : unit;
  const from = (least: Json | undefined) => (typeof least === "number" ? ` from ${inUnit(least, shown)}` : "");
  return steps.map(({ color, value: least }) => `${color}${from(least)}`).join(", ");
}

/** Says a relative time range (`last 6 h`). */
export function timeRange(value: Json): string | undefined {
  const [from, to] = [asText(get(value, "from")), asText(get(value, "to"))];
  if (from === undefined || to === undefined) return undefined;
  const seconds = to === "now" && from.startsWith("now-") ? durationSeconds(from.slice(4)) : undefined;
  return seconds === undefined ? `${from} to ${to}` : `last ${inTime(seconds)}`;
}

/** Says the time range of a query, in seconds (`15 min`). */
export function lookBack(value: Json): string | undefined {
  const [from, to] = [asNumber(get(value, "from")), asNumber(get(value, "to"))];
  if (from === undefined || to === undefined) return undefined;
  return to === 0 ? inTime(from) : `${inTime(from)} to ${inTime(to)} ago`;
}

const SIGNS: Readonly<Record<string, string>> = { gt: ">", gte: "≥", lt: "<", lte: "≤", eq: "=", ne: "≠" };
const RANGES: Readonly<Record<string, readonly [before: string, between: string]>> = {
  within_range: ["between", "and"],
  outside_range: ["outside", "to"],
};

function evaluator(value: Json | undefined, unit: string | undefined): string | undefined {
  const { type, params } = asObject(value);
  const [first, second] = asList(params).map((one) => (typeof one === "number" ? inUnit(one, unit) : written(one)));
  if (type === "no_value") return "no value";
  if (SIGNS[String(type)]) return `${SIGNS[String(type)]} ${first}`;
  const [before, between] = RANGES[String(type)] ?? [];
  return before && `${before} ${first} ${between} ${second}`;
}

/** Says the conditions of a threshold or of a classic condition (`> 10 s`, `avg of A > 10 and last of B < 3`). */
export function conditions(value: Json, unitOf: (ref: string | undefined) => string | undefined): string | undefined {
  const sentences = asList(value).map((item, index) => {
    const ref = asText(asList(get(item, "query", "params"))[0]);
    const reducer = asText(get(item, "reducer", "type"));
    const operator = index > 0 ? `${asText(get(item, "operator", "type")) ?? "and"} ` : "";
    const reduced = reducer ? `${reducer} of ${ref} ` : `${ref} `;
    const subject = ref === undefined ? "" : reduced;
    const limit = evaluator(get(item, "evaluator"), unitOf(ref));
    const over = evaluator(get(item, "unloadEvaluator"), unitOf(ref));
    const recovered = over === undefined ? "" : `, recovered when ${over}`;
    return limit && `${operator}${subject}${limit}${recovered}`;
  });
  return sentences.length > 0 && sentences.every((text) => text !== undefined) ? sentences.join(" ") : undefined;
}

/** Says a formula; a number that something is compared with gets its unit (`$C > 150 MB`). */
export const formula = (value: Json, unitOf: (ref: string) => string | undefined): string | undefined =>
  asText(value)?.replace(
    /\$\{?(\w+)\}?\s*(?:[<>]=?|[=!]=)\s*(-?\d+(?:\.\d+)?)(?![\w.])/g,
    (all, ref: string, limit: string) => all.slice(0, all.length - limit.length) + inUnit(Number(limit), unitOf(ref)),
  );

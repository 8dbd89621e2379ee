import { durationSeconds, inTime } from "../../../core/durations.ts";
import { inUnit, unitName as nameOfUnit } from "../../../core/grafana-units.ts";
import { asList, asNumber, asObject, asText, get, isList, isObject, type Json, written } from "../json.ts";

/** Says a duration text; any other value is left to the fallback. */
export const duration = (value: Json): string | undefined => {
  const seconds = typeof value === "string" ? durationSeconds(value) : undefined;
  return seconds === undefined ? undefined : inTime(seconds);
};
export const secondsOf = (value: Json): string | undefined => (typeof value === "number" ? inTime(value) : undefined);
export const unitName = (value: Json): string | undefined =>
  typeof value === "string" ? nameOfUnit(value) : undefined;
export const yesNo = (value: Json): string | undefined =>
  typeof value === "boolean" ? (value ? "yes" : "no") : undefined;
export const listed = (value: Json): string | undefined =>
  isList(value)
    ? value.length === 0
      ? "none"
      : value.map((item) => (typeof item === "string" ? item : written(item))).join(", ")
    : undefined;

/** Says threshold steps with their unit (`green, red from 10 s`); undefined for anything else. */
export function thresholds(value: Json, unit: string | undefined): string | undefined {
  const steps = asList(get(value, "steps")).map(asObject);
  if (steps.length === 0 || !steps.every(({ color }) => typeof color === "string")) return undefined;
  const shown = get(value, "mode") === "percentage" ? "percent" : unit;
  return steps
    .map(({ color, value: from }) => (typeof from === "number" ? `${color} from ${inUnit(from, shown)}` : color))
    .join(", ");
}

/** Says a relative time range (`last 6 h`). */
export function timeRange(value: Json): string | undefined {
  const [from, to] = [asText(get(value, "from")), asText(get(value, "to"))];
  if (from === undefined || to === undefined) return undefined;
  const seconds = to === "now" && from.startsWith("now-") ? durationSeconds(from.slice(4)) : undefined;
  return seconds === undefined ? `${from} to ${to}` : `last ${inTime(seconds)}`;
}

export const refresh = (value: Json): string | undefined => (value === "" || value === false ? "off" : duration(value));

/** Says a data source by its name, else by its type. */
export const datasource = (value: Json): string | undefined =>
  isObject(value) && Object.keys(value).every((key) => key === "type" || key === "uid")
    ? [asText(value.type), asText(value.uid)].filter((text) => text !== undefined).join(" ") || undefined
    : undefined;

const EVALUATORS: Readonly<Record<string, (values: readonly string[]) => string>> = {
  gt: ([least]) => `> ${least}`,
  gte: ([least]) => `≥ ${least}`,
  lt: ([most]) => `< ${most}`,
  lte: ([most]) => `≤ ${most}`,
  eq: ([value]) => `= ${value}`,
  ne: ([value]) => `≠ ${value}`,
  within_range: ([low, high]) => `between ${low} and ${high}`,
  outside_range: ([low, high]) => `outside ${low} to ${high}`,
  no_value: () => "no value",
};

function evaluator(value: Json | undefined, unit: string | undefined): string | undefined {
  const { type, params } = asObject(value);
  const say = typeof type === "string" && Object.hasOwn(EVALUATORS, type) ? EVALUATORS[type] : undefined;
  return say?.(
    asList(params).map((value) => (asNumber(value) === undefined ? written(value) : inUnit(value as number, unit))),
  );
}

/** Says the conditions of a threshold or of a classic condition (`> 10 s`, `avg of A > 10 and last of B < 3`). */
export function conditions(value: Json, unitOf: (ref: string | undefined) => string | undefined): string | undefined {
  const said = asList(value).map((item, index) => {
    const condition = asObject(item);
    const ref = asText(asList(get(condition, "query", "params"))[0]);
    const reducer = asText(get(condition, "reducer", "type"));
    const operator = index > 0 ? `${asText(get(condition, "operator", "type")) ?? "and"} ` : "";
    const subject = ref === undefined ? "" : `${reducer ? `${reducer} of ` : ""}${ref} `;
    const [text, over] = [condition.evaluator, condition.unloadEvaluator].map((one) => evaluator(one, unitOf(ref)));
    return text === undefined
      ? undefined
      : `${operator}${subject}${text}${over === undefined ? "" : `, recovered when ${over}`}`;
  });
  return said.length > 0 && said.every((text) => text !== undefined) ? said.join(" ") : undefined;
}

/** Says a formula; a number that something is compared with gets its unit (`$C > 150 MB`). */
export const formula = (value: Json, unitOf: (ref: string) => string | undefined): string | undefined =>
  asText(value)?.replace(
    /\$\{?(\w+)\}?\s*(?:[<>]=?|[=!]=)\s*(-?\d+(?:\.\d+)?)(?![\w.])/g,
    (all, ref: string, limit: string) => {
      return all.slice(0, all.length - limit.length) + inUnit(Number(limit), unitOf(ref));
    },
  );

import { colorOf } from "./colors.ts";
import { formatted, isTimeUnit, moment } from "./format.ts";
import type { FieldType, Value } from "./frames.ts";
import type { FieldConfig, Mapping } from "./model.ts";
import { pattern } from "./pattern.ts";

/** A value on screen: its text, the unit behind it, and its colour where thresholds or mappings give one. */
export type Display = Readonly<{ text: string; suffix: string; color?: string }>;
type Mapped = Readonly<{ text?: string; color?: string }>;

const isEmpty = (value: Value) => value === null || value === "";
function mappedBy({ type, options }: Mapping, value: Value): Mapped | undefined {
  const of = options as Readonly<Record<string, unknown>>;
  const result = of.result as Mapped | undefined;
  switch (type) {
    case "value":
      return (of as Readonly<Record<string, Mapped>>)[String(value)];
    case "range": {
      const [from, to] = [
        (of.from as number | null) ?? Number.NEGATIVE_INFINITY,
        (of.to as number | null) ?? Number.POSITIVE_INFINITY,
      ];
      return typeof value === "number" && value >= from && value <= to ? result : undefined;
    }
    case "special": {
      const fits = {
        null: value === null,
        nan: Number.isNaN(value),
        "null+nan": value === null || Number.isNaN(value),
        empty: isEmpty(value),
      };
      return (fits as Readonly<Record<string, boolean>>)[String(of.match)] ? result : undefined;
    }
    case "regex":
      return pattern(String(of.pattern)).test(String(value)) ? result : undefined;
    default:
      return undefined;
  }
}

/** The colour of the last step that a value reaches. */
export function thresholdColor(value: number, config: FieldConfig): string | undefined {
  const step = config.thresholds?.steps.findLast((one) => one.value === null || value >= one.value);
  return step && colorOf(step.color);
}

/** How a value of a field is written; times in the zone of the dashboard. */
export function display(
  value: Value,
  { type, config, zone }: Readonly<{ type: FieldType; config: FieldConfig; zone?: string }>,
): Display {
  const mapped = config.mappings?.map((mapping) => mappedBy(mapping, value)).find((found) => found !== undefined);
  const ofSteps = typeof value === "number" ? thresholdColor(value, config) : undefined;
  const color = mapped?.color ? colorOf(mapped.color) : ofSteps;
  const withColor = color === undefined ? {} : { color };
  if (mapped?.text !== undefined) return { text: mapped.text, suffix: "", ...withColor };
  if (value === null) return { text: config.noValue ?? "", suffix: "" };
  if (typeof value === "number" && (type === "time" || isTimeUnit(config.unit)))
    return { text: moment(value, zone), suffix: "", ...withColor };
  if (typeof value === "number") return { ...formatted(value, config), ...withColor };
  return { text: typeof value === "object" ? JSON.stringify(value) : String(value), suffix: "", ...withColor };
}

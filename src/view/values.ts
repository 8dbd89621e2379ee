import { largest, smallest } from "../core/numbers.ts";
import { calculated } from "./calcs.ts";
import { type Display, display } from "./display.ts";
import type { ShownField, ShownFrame } from "./fields.ts";
import type { Value } from "./frames.ts";
import type { Panel } from "./model.ts";

/** One big number or bar: its name, its value as it stands and as it is written, and where it comes from. */
export type Single = Readonly<{
  name: string;
  value: Value;
  shown: Display;
  frame: ShownFrame;
  field: ShownField;
  row: number;
}>;
type Reduce = Readonly<{ values?: boolean; calcs?: readonly string[]; fields?: string; limit?: number }>;

/** A row's own name: the texts beside its number, and the number's name where it is one of several. */
function rowName({ frame: { fields }, field, row }: Pick<Single, "frame" | "field" | "row">): string {
  if (field.config.displayName) return field.config.displayName;
  const texts = fields.filter(({ type }) => type === "string").map(({ values }) => String(values[row] ?? ""));
  const several = fields.filter(({ type }) => type === "number").length > 1;
  return [...texts, ...(several || texts.length === 0 ? [field.name] : [])].filter(Boolean).join(" ");
}

/** The values of a stat or a bar gauge: one for each row, or one calculated for each field. */
export function singles(
  panel: Pick<Panel, "options">,
  frames: readonly ShownFrame[],
  { zone }: Readonly<{ zone?: string | undefined }> = {},
): readonly Single[] {
  const {
    values = false,
    calcs: [calc = "lastNotNull"] = [],
    fields = "",
    limit = 5000,
  } = (panel.options.reduceOptions ?? {}) as Reduce;
  const wanted = ({ type }: ShownField) => fields === "/.*/" || type === "number";
  return frames.flatMap((frame) =>
    frame.fields.filter(wanted).flatMap((field) => {
      const whole = () => ({
        value: calculated(calc, field.values),
        row: Math.max(0, field.values.length - 1),
        name: field.name,
      });
      const named = (value: Value, row: number) => ({ value, row, name: rowName({ frame, field, row }) });
      const found = values ? field.values.slice(0, limit).map(named) : [whole()];
      const look = { type: field.type, config: field.config, ...(zone && { zone }) };
      return found.map((one) => ({ ...one, shown: display(one.value, look), frame, field }));
    }),
  );
}

/**
 * How much of its bar each value fills, between the fields' minimum and maximum or, without them, those of all values.
 */
export function filledShares(all: readonly Single[]): readonly number[] {
  const numbers = all.flatMap(({ value }) => (typeof value === "number" ? [value] : []));
  const most = largest(numbers);
  const least = smallest(numbers);
  return all.map(({ value, field: { config } }) => {
    if (typeof value !== "number") return 0;
    const [min, max] = [config.min ?? least, config.max ?? most];
    return max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 1;
  });
}

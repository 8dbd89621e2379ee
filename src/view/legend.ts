import { calcs, calculated } from "./calcs.ts";
import { display } from "./display.ts";
import { textOf } from "./format.ts";
import type { Line, Plot } from "./plot.ts";

/** A row of a legend: the name, and each calculation over the field's values as it is written. */
type LegendRow = Readonly<{ line: Line; values: readonly string[] }>;
export type LegendOptions = Readonly<{
  displayMode?: string;
  placement?: string;
  showLegend?: boolean;
  /** In pixels, of one beside the chart. */
  width?: number;
  calcs?: readonly string[];
  sortBy?: string;
  sortDesc?: boolean;
}>;

export const legendTitles = ({ calcs: ids = [] }: LegendOptions): readonly string[] =>
  ids.map((id) => calcs[id]?.title ?? id);

/** The rows of a panel's legend in its order; a list stands in the order of the series. */
export function legendRows(
  { lines }: Plot,
  { calcs: ids = [], sortBy, sortDesc = false, displayMode }: LegendOptions,
): readonly LegendRow[] {
  const measured = ({ field }: Line, id: string) => calculated(id, field.values);
  const by = ids.find((id) => calcs[id]?.grafana === sortBy);
  const rank = (a: Line, b: Line) => {
    if (by) return (measured(a, by) ?? Number.NEGATIVE_INFINITY) - (measured(b, by) ?? Number.NEGATIVE_INFINITY);
    return sortBy === "Name" ? a.name.localeCompare(b.name) : 0;
  };
  const order = (a: Line, b: Line) => (sortDesc ? rank(b, a) : rank(a, b));
  const sorted = displayMode === "table" ? lines.toSorted(order) : lines;
  return sorted.map((line) => ({
    line,
    values: ids.map((id) => {
      const value = measured(line, id);
      // A number of points is a number, whatever the unit of what was counted.
      const config = id === "count" ? {} : line.field.config;
      return value === null ? "" : textOf(display(value, { type: "number", config }));
    }),
  }));
}

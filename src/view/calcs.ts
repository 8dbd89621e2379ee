import { largest, mean, median, smallest, sum } from "../core/numbers.ts";

type Maybe = number | null;
const isNumber = (value: Maybe): value is number => value !== null && !Number.isNaN(value);

const over = (of: (values: readonly number[]) => number) => (values: readonly Maybe[]) => {
  const numbers = values.filter(isNumber);
  return numbers.length === 0 ? null : of(numbers);
};

/**
 * Grafana's calculations by their id: its name for each, ours in a legend, and what it makes of the values of a field.
 */
export const calcs: Readonly<
  Record<string, Readonly<{ grafana: string; title: string; of: (values: readonly Maybe[]) => Maybe }>>
> = {
  lastNotNull: { grafana: "Last *", title: "Dernier *", of: (values) => values.findLast(isNumber) ?? null },
  last: { grafana: "Last", title: "Dernier", of: (values) => values.at(-1) ?? null },
  firstNotNull: { grafana: "First *", title: "Premier *", of: (values) => values.find(isNumber) ?? null },
  first: { grafana: "First", title: "Premier", of: (values) => values[0] ?? null },
  min: { grafana: "Min", title: "Min", of: over((values) => smallest(values)) },
  max: { grafana: "Max", title: "Max", of: over((values) => largest(values)) },
  mean: { grafana: "Mean", title: "Moyenne", of: over(mean) },
  median: { grafana: "Median", title: "Médiane", of: over(median) },
  sum: { grafana: "Total", title: "Total", of: (values) => sum(values.filter(isNumber)) },
  count: { grafana: "Count", title: "Nombre", of: (values) => values.length },
  range: { grafana: "Range", title: "Étendue", of: over((values) => largest(values) - smallest(values)) },
};

/** What a calculation makes of the values of a field; null where it has none, or is not there. */
export const calculated = (id: string, values: readonly unknown[]): Maybe =>
  calcs[id]?.of(values as readonly Maybe[]) ?? null;

/** Those of some calculations that are not known. */
export const unknownCalcs = (ids: readonly string[]): readonly string[] =>
  ids.filter((id) => !Object.hasOwn(calcs, id));

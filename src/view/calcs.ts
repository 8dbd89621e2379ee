type Maybe = number | null;
const isNumber = (value: Maybe): value is number => value !== null && !Number.isNaN(value);

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const over = (of: (values: readonly number[]) => number) => (values: readonly Maybe[]) => {
  const numbers = values.filter(isNumber);
  return numbers.length === 0 ? null : of(numbers);
};
const least = over((values) => values.reduce((a, b) => Math.min(a, b)));
const most = over((values) => values.reduce((a, b) => Math.max(a, b)));
const middle = (sorted: readonly number[]) => (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;

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
  min: { grafana: "Min", title: "Min", of: least },
  max: { grafana: "Max", title: "Max", of: most },
  mean: { grafana: "Mean", title: "Moyenne", of: over((values) => sum(values) / values.length) },
  median: { grafana: "Median", title: "Médiane", of: over((values) => middle([...values].sort((a, b) => a - b))) },
  sum: { grafana: "Total", title: "Total", of: (values) => sum(values.filter(isNumber)) },
  count: { grafana: "Count", title: "Nombre", of: (values) => values.length },
  range: { grafana: "Range", title: "Étendue", of: over((values) => most(values)! - least(values)!) },
};

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

/** Grafana's calculations by their id: the name of each in a legend, and what it makes of the values of a field. */
export const calcs: Readonly<Record<string, Readonly<{ title: string; of: (values: readonly Maybe[]) => Maybe }>>> = {
  lastNotNull: { title: "Dernier *", of: (values) => values.findLast(isNumber) ?? null },
  last: { title: "Dernier", of: (values) => values.at(-1) ?? null },
  firstNotNull: { title: "Premier *", of: (values) => values.find(isNumber) ?? null },
  first: { title: "Premier", of: (values) => values[0] ?? null },
  min: { title: "Min", of: least },
  max: { title: "Max", of: most },
  mean: { title: "Moyenne", of: over((values) => sum(values) / values.length) },
  median: { title: "Médiane", of: over((values) => middle([...values].sort((a, b) => a - b))) },
  sum: { title: "Total", of: (values) => sum(values.filter(isNumber)) },
  count: { title: "Nombre", of: (values) => values.length },
  range: { title: "Étendue", of: over((values) => most(values)! - least(values)!) },
};

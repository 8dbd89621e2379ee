/** Whether an option's value is drawn as Grafana draws it, or changes nothing here. */
export type Check = (value: unknown) => boolean;
export type Checks = Readonly<Record<string, Check>>;
/** Options, by their names, of which any value will do. */
export const free = (names: string): Checks => Object.fromEntries(names.split(" ").map((name) => [name, () => true]));
export const one =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
export const unset: Check = (value) => value === undefined || value === null || value === "" || value === false;
export const empty: Check = (value) => unset(value) || (Array.isArray(value) && value.length === 0);

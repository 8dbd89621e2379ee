import type { ShownField, ShownFrame } from "./fields.ts";
import type { Value } from "./frames.ts";

export type Place = Readonly<{
  frame: ShownFrame;
  field: ShownField;
  row: number;
  timeRange: string;
  variables: string;
}>;

/** The text that stands for one of Grafana's variables of a data link; undefined for one that the preview does not know. */
function textFor(name: string, { frame, field, row, timeRange, variables }: Place): string | undefined {
  const written = (value: Value | undefined) => (value === undefined || value === null ? "" : String(value));
  const column = /^__data\.fields(?:\.(\w+)|\["([^"]+)"\])$/.exec(name);
  if (column) {
    const wanted = column[1] ?? column[2];
    const found = frame.fields.find((one) => one.field === wanted || one.name === wanted);
    return encodeURIComponent(written(found?.values[row]));
  }
  const label = /^__field\.labels(?:\.(\w+)|\["([^"]+)"\])$/.exec(name);
  if (label) return encodeURIComponent(field.labels[label[1] ?? label[2]!] ?? "");
  const known: Readonly<Record<string, string>> = {
    "__field.name": encodeURIComponent(field.name),
    "__value.raw": encodeURIComponent(written(field.values[row])),
    "__series.name": encodeURIComponent(field.name),
    __url_time_range: timeRange,
    __all_variables: variables,
  };
  return known[name];
}

/** A data link's address for one value; its variables that are not known stay as they stand. */
export const address = (url: string, place: Place): string =>
  url.replace(/\$\{([^}:]+)(?::\w+)?\}/g, (whole, name: string) => textFor(name, place) ?? whole);

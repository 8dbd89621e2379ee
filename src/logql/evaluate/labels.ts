import { sortedBy } from "../../core/order.ts";

/** Labels of a stream or a series, sorted by name. */
export type Labels = Readonly<Record<string, string>>;

/** A text that is the same for equal labels only, and sorts as their names and values do. */
export function keyOf(labels: Labels): string {
  let key = "";
  for (const name of Object.keys(labels).sort()) key += `${name}\u0000${labels[name]}\u0001`;
  return key;
}

/** The same labels in the order of their names. */
export const sortedLabels = (labels: Labels): Labels =>
  Object.fromEntries(sortedBy(Object.entries(labels), ([name]) => name));

/** Labels as Loki writes them: `{a="b", c="d"}`. */
export const printLabels = (labels: Labels): string =>
  `{${Object.keys(labels)
    .sort()
    .map((name) => `${name}=${JSON.stringify(labels[name])}`)
    .join(", ")}}`;

/** The labels of one line on its way through a pipeline: its stream's, and what stages read, changed or took away. */
export type LineLabels = Readonly<{
  /** Starts anew with the labels of a stream. */
  start: (stream: Labels) => void;
  get: (name: string) => string | undefined;
  /** Whether the stream itself has the label. */
  isOfStream: (name: string) => boolean;
  set: (name: string, value: string) => void;
  remove: (name: string) => void;
  names: () => readonly string[];
  /** All labels, an error's among them. */
  all: () => Labels;
  /** Whether a stage read, changed or took away any. */
  changed: () => boolean;
}>;

export const errorLabels: ReadonlySet<string> = new Set(["__error__", "__error_details__"]);

/** `metric`: as metric queries see them, where taking a label away takes the empty ones with it. */
export function lineLabels(purpose: "log" | "metric"): LineLabels {
  let stream: Labels = {};
  const changes = new Map<string, string | undefined>();
  const get = (name: string) => {
    const value = changes.get(name);
    return value !== undefined || changes.has(name) ? value : stream[name];
  };
  let removed = false;
  const all = () => {
    if (changes.size === 0) return stream;
    const result: Record<string, string> = {};
    let touched = false;
    for (const name in stream) if (!changes.has(name)) result[name] = stream[name]!;
    for (const [name, value] of changes) {
      if (value === undefined || (purpose === "metric" && removed && value === "")) continue;
      touched ||= name !== "__error_details__";
      result[name] = value;
    }
    // The details of an error that was dropped are forgotten where nothing else changed.
    return touched || removed ? result : stream;
  };
  return {
    start(labels) {
      stream = labels;
      if (changes.size > 0) changes.clear();
      removed = false;
    },
    get,
    isOfStream: (name) => Object.hasOwn(stream, name),
    set: (name, value) => changes.set(name, value),
    remove(name) {
      changes.set(name, undefined);
      removed ||= !errorLabels.has(name);
    },
    names: () => Object.keys(all()),
    all,
    changed: () => changes.size > 0,
  };
}

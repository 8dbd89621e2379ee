import type { ShownField, ShownFrame } from "./fields.ts";
import type { Value } from "./frames.ts";

/**
 * What fills a link in: the page's range and variables as parameters, and the value on which the link stands, if any.
 */
type Place = Readonly<{
  timeRange: string;
  variables: string;
  of?: Readonly<{ frame: ShownFrame; field: ShownField; row: number }>;
}>;

const written = (value: Value | undefined) => (value === undefined || value === null ? "" : String(value));

/** The text that stands for a variable about one value; undefined for one that the preview does not know. */
function aboutValue(name: string, { frame, field, row }: NonNullable<Place["of"]>): string | undefined {
  const column = /^__data\.fields(?:\.(\w+)|\["([^"]+)"\])$/.exec(name);
  if (column) {
    const wanted = column[1] ?? column[2];
    return written(frame.fields.find((one) => one.field === wanted || one.name === wanted)?.values[row]);
  }
  const label = /^__field\.labels(?:\.(\w+)|\["([^"]+)"\])$/.exec(name);
  if (label) return field.labels[label[1] ?? label[2]!] ?? "";
  const texts = { "__field.name": field.name, "__series.name": field.name, "__value.raw": written(field.values[row]) };
  return (texts as Readonly<Record<string, string>>)[name];
}

function textFor(name: string, { timeRange, variables, of }: Place): string | undefined {
  if (name === "__url_time_range") return timeRange;
  if (name === "__all_variables") return variables;
  const text = of && aboutValue(name, of);
  return text === undefined ? undefined : encodeURIComponent(text);
}

/** A link's address; its variables that are not known stay as they stand. */
export const address = (url: string, place: Place): string =>
  url.replace(/\$\{([^}:]+)(?::\w+)?\}/g, (whole, name: string) => textFor(name, place) ?? whole);

const HERE = "http://preview/";
/** Whether a page may lead to an address: of the web, of its own or of a mail, and to no script. */
export const leads = (url: string): boolean =>
  URL.canParse(url, HERE) && /^(?:https?|mailto):$/.test(new URL(url, HERE).protocol);

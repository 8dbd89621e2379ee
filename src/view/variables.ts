import { byText } from "../core/order.ts";
import { parse } from "../logql/parse/parse.ts";
import { firstFrom, select } from "../logql/streams.ts";
import { ALL } from "./choice.ts";
import { type Asked, chosenIn, filled, isQueryFault } from "./fill.ts";
import type { Variable } from "./model.ts";
import { within } from "./times.ts";

/** A variable on the page: what it offers, and what is chosen. */
export type ShownVariable = Readonly<{
  name: string;
  label: string;
  kind: "choice" | "text";
  options: readonly string[];
  chosen: readonly string[];
  multi: boolean;
  all: boolean;
  notShown: readonly string[];
}>;

type LabelQuery = Readonly<{ label: string; stream?: string }>;

const labelQuery = (query: unknown): LabelQuery | undefined => {
  const written = typeof query === "string" ? /^label_values\((?:(.+),\s*)?(\w+)\)$/.exec(query.trim()) : undefined;
  if (written) return { label: written[2]!, ...(written[1] && { stream: written[1] }) };
  const { label, type } = (query ?? {}) as { label?: unknown; type?: unknown };
  return typeof label === "string" && label !== "" && (type === undefined || type === 1)
    ? (query as LabelQuery)
    : undefined;
};

/** The values of a label on the streams that have a line in the range. */
function valuesOf({ label, stream }: LabelQuery, { streams, range, ...rest }: Asked): readonly string[] {
  const text = stream ? filled(stream, { ...rest, range, step: 1000, instant: true }) : "{}";
  const query = stream ? parse(text) : undefined;
  const found = query?.kind === "logs" ? select(streams, query.matchers) : streams.streams;
  const { start, end } = within(range, streams);
  const inRange = found.filter(({ times }) => (times[firstFrom(times, start)] ?? Number.POSITIVE_INFINITY) <= end);
  return [...new Set(inRange.flatMap(({ labels }) => labels[label] ?? []))];
}

const sorters: Readonly<Record<number, (a: string, b: string) => number>> = {
  1: byText,
  2: (a, b) => byText(b, a),
  3: (a, b) => Number.parseFloat(a) - Number.parseFloat(b),
  4: (a, b) => Number.parseFloat(b) - Number.parseFloat(a),
  5: (a, b) => a.toLowerCase().localeCompare(b.toLowerCase()),
  6: (a, b) => b.toLowerCase().localeCompare(a.toLowerCase()),
};

function offered(
  variable: Variable,
  question: Asked,
): Readonly<{ options: readonly string[]; notShown: readonly string[] }> {
  const { type, query, regex, sort } = variable;
  const none = (what: string) => ({ options: [], notShown: [what] });
  const given = regex ? ["son expression régulière (regex)"] : [];
  if (type === "textbox" || type === "constant") return { options: [], notShown: [] };
  if (type === "custom")
    return {
      options: String(query ?? "")
        .split(",")
        .map((text) => text.trim())
        .filter(Boolean),
      notShown: given,
    };
  if (type !== "query") return none(`le type « ${type} »`);
  const asked = labelQuery(query);
  if (!asked) return none("sa requête, qui ne demande pas les valeurs d'un label");
  try {
    const values = valuesOf(asked, question);
    return { options: sorters[sort] ? [...values].sort(sorters[sort]) : values, notShown: given };
  } catch (error) {
    if (!isQueryFault(error)) throw error;
    return none(`sa requête : ${error.message}`);
  }
}

/** The variables of a dashboard as its bar shows them; hidden ones are left out. */
export const shownVariables = (question: Asked): readonly ShownVariable[] =>
  question.variables
    .filter(({ hide, type }) => hide !== 2 && hide !== "hideVariable" && type !== "constant")
    .map((variable) => {
      const { options, notShown } = offered(variable, question);
      const chosen = chosenIn(variable, question.choice);
      const all = variable.includeAll;
      return {
        name: variable.name,
        label: variable.label || variable.name,
        kind: variable.type === "textbox" ? "text" : "choice",
        options,
        chosen: all && chosen.length === 0 ? [ALL] : chosen,
        multi: variable.multi,
        all,
        notShown,
      };
    });

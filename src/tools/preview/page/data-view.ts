import type { ShownField, ShownFrame } from "../../../view/fields.ts";
import type { Value } from "../../../view/frames.ts";
import { dialog, download, el } from "./dom.ts";
import type { Drawn } from "./panels/context.ts";

type Grid = Readonly<{ head: readonly string[]; rows: readonly (readonly Value[])[] }>;

const isSeries = ({ fields }: ShownFrame) =>
  fields.length === 2 && fields[0]?.type === "time" && fields[1]?.type === "number";

/** All series of a panel beside each other, a row for each time. */
function joined(frames: readonly ShownFrame[]): Grid {
  const times = [...new Set(frames.flatMap(({ fields }) => fields[0]!.values as readonly number[]))].sort(
    (a, b) => a - b,
  );
  const columns = frames.map(
    ({ fields }) => new Map(fields[0]!.values.map((time, index) => [time as number, fields[1]!.values[index]!])),
  );
  return {
    head: ["Temps", ...frames.map(({ fields }) => fields[1]!.name)],
    rows: times.map((time) => [time, ...columns.map((column) => column.get(time) ?? null)]),
  };
}

/** The data of a panel as it stands, before it is written in its units; times are ISO 8601. */
function gridOf(frames: readonly ShownFrame[]): Grid {
  const iso = (field: Pick<ShownField, "type"> | undefined, value: Value) =>
    field?.type === "time" && typeof value === "number" ? new Date(value).toISOString() : value;
  if (frames.length > 0 && frames.every(isSeries)) {
    const { head, rows } = joined(frames);
    return { head, rows: rows.map(([time, ...rest]) => [iso({ type: "time" }, time!), ...rest]) };
  }
  const head = [...new Set(frames.flatMap(({ fields }) => fields.map(({ name }) => name)))];
  const rows = frames.flatMap(({ fields }) =>
    Array.from({ length: fields[0]?.values.length ?? 0 }, (_, row) =>
      head.map((name) => {
        const field = fields.find((one) => one.name === name);
        return iso(field, field?.values[row] ?? null);
      }),
    ),
  );
  return { head, rows };
}

const quoted = (value: Value) => {
  const text = value !== null && typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
  // A spreadsheet would take such a text for a formula.
  const safe = typeof value === "string" && /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
  return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const csvOf = ({ head, rows }: Grid): string => [head, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n");

const MOST_ROWS = 2000;

/** Shows the data and the queries of a panel, and gives them as CSV. */
export function showData({ model, data }: Drawn): void {
  const grid = gridOf(data.frames);
  const rows = grid.rows
    .slice(0, MOST_ROWS)
    .map((row) => el("tr", {}, ...row.map((value) => el("td", {}, value === null ? "" : String(value)))));
  const table = el(
    "table",
    {},
    el("thead", {}, el("tr", {}, ...grid.head.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, ...rows),
  );
  const save = () => download(`${model.title}.csv`, `\ufeff${csvOf(grid)}`);
  const more =
    grid.rows.length > MOST_ROWS
      ? `Les ${MOST_ROWS} premières lignes ; le CSV les a toutes (${grid.rows.length}).`
      : `${grid.rows.length} lignes.`;
  dialog(
    `Données : ${model.title}`,
    el("p", {}, el("button", { type: "button", onclick: save }, "Télécharger le CSV"), ` ${more}`),
    el("div", { class: "table", tabindex: "0", role: "region", "aria-label": "Données" }, table),
    el("h3", {}, "Requêtes"),
    ...data.queries.map(({ refId, expr }) => el("pre", {}, `${refId} : ${expr}`)),
  );
}

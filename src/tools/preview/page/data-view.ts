import type { ShownFrame } from "../../../view/fields.ts";
import { type Field, type Frame, lengthOf, type Value } from "../../../view/frames.ts";
import { joinByField } from "../../../view/transformations/rows.ts";
import { dialog, download, el } from "./dom.ts";
import type { Drawn } from "./panels/context.ts";

type Grid = Readonly<{ head: readonly string[]; rows: readonly (readonly Value[])[] }>;

const isSeries = ({ fields }: ShownFrame) =>
  fields.length === 2 && fields[0]?.type === "time" && fields[1]?.type === "number";

/** A value as it stands, before it is written in its unit; times are ISO 8601. */
function valueAt(field: Field | undefined, row: number): Value {
  const value = field?.values[row] ?? null;
  return field?.type === "time" && typeof value === "number" ? new Date(value).toISOString() : value;
}
const rowsOf = (frame: Frame, fields: readonly (Field | undefined)[]) =>
  Array.from({ length: lengthOf(frame) }, (_, row) => fields.map((field) => valueAt(field, row)));

/** The data of a panel: all its series beside each other, or its tables below each other. */
function gridOf(frames: readonly ShownFrame[]): Grid {
  if (frames.length > 0 && frames.every(isSeries)) {
    const [frame] = joinByField(frames, {}) as [Frame];
    const [, ...series] = frame.fields;
    return { head: ["Temps", ...series.map(({ name }) => name)], rows: rowsOf(frame, frame.fields) };
  }
  const head = [...new Set(frames.flatMap(({ fields }) => fields.map(({ name }) => name)))];
  const named = ({ fields }: ShownFrame) => head.map((name) => fields.find((one) => one.name === name));
  return { head, rows: frames.flatMap((frame) => rowsOf(frame, named(frame))) };
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

import { printable } from "../../core/printable.ts";
import type { Kind } from "./french.ts";

type Value = string | number | undefined;
/** A value and how it is written where its column does not say; `over` when it breaks its objective. */
export type Cell = Readonly<{ value: Value; kind?: Kind; over?: boolean }>;
/** `csvOnly`: told in the CSV only, where numbers have no unit. */
export type Column = Readonly<{ title: string; kind: Kind; csvOnly?: boolean }>;
/** One table of the report, and one CSV file: `name` ends its file name, `empty` is said when it has no row. */
export type Table = Readonly<{
  name: string;
  title: string;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  empty: string;
}>;

/** The units of the CSV, whose numbers have none. */
export const UNITS: Readonly<Partial<Record<Kind, string>>> = { s: "s", decbytes: "octets", percentunit: "ratio" };

export const cell = (value: Value, { over = false } = {}): Cell => ({ value, ...(over && { over }) });

type Planned<Row> = readonly [title: string, kind: Kind, of: (row: Row) => Cell | Value, where?: "csvOnly"];
type Plan<Row> = Pick<Table, "name" | "title"> & Readonly<{ columns: readonly Planned<Row>[]; empty?: string }>;
/** A table of things, a row each; a column says what it holds of one. */
export const tableOf = <Row>(things: readonly Row[], { columns, empty = "", ...table }: Plan<Row>): Table => ({
  ...table,
  columns: columns.map(([title, kind, , where]) => ({ title, kind, csvOnly: where === "csvOnly" })),
  rows: things.map((thing) =>
    columns.map(([, , of]) => {
      const found = of(thing);
      return typeof found === "object" ? found : { value: found };
    }),
  ),
  empty,
});

/** The first cell of a source's row; the row of all sources has its own name. */
export const named = ({ source }: Readonly<{ source: string }>): string => printable(source) || "Ensemble";

/** What a page shows of a table; its CSV has everything. */
export const MOST_ROWS = 60;
export const MOST_TEXT = 180;

export const moreRows = ({ rows, name }: Table): string => {
  const rest = rows.length - MOST_ROWS;
  return `… et ${rest} ${rest > 1 ? "autres lignes" : "autre ligne"}, dans le fichier CSV « ${name} ».`;
};

/** The columns of a page, with their place in the rows. */
export const shownColumns = ({ columns }: Table): (Column & { index: number })[] =>
  columns.map((column, index) => ({ ...column, index })).filter(({ csvOnly = false }) => !csvOnly);

import { printable } from "../../core/printable.ts";
import type { Kind } from "./french.ts";

/** A value and how it is written where its column does not say; `over` when it breaks its objective. */
export type Cell = Readonly<{ value: string | number | undefined; kind?: Kind; over?: boolean }>;
export type Column = Readonly<{
  title: string;
  kind: Kind /** Told in the CSV only, where numbers have no unit. */;
  csvOnly?: boolean;
}>;
/** One table of the report, and one CSV file: `name` ends its file name, `empty` is said when it has no row. */
export type Table = Readonly<{
  name: string;
  title: string;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  empty: string;
}>;

export const column = (title: string, kind: Kind): Column => ({ title, kind });
export const cell = (value: string | number | undefined, { over = false } = {}): Cell => ({
  value,
  ...(over && { over }),
});

/** The first cell of a source's row; the row of all sources has its own name. */
export const named = ({ source }: Readonly<{ source: string }>): Cell => cell(printable(source) || "Ensemble");

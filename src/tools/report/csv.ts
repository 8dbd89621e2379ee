import { stringify } from "csv-stringify/sync";
import type { Document } from "./document.ts";
import * as french from "./french.ts";
import { type Cell, type Column, type Table, UNITS } from "./table.ts";

/** Quantiles of microseconds have up to eight. */
const DECIMALS = 9;

const header = ({ title, kind }: Column) => (UNITS[kind] ? `${title} (${UNITS[kind]})` : title);

function text({ value }: Cell, { kind, zone }: Readonly<{ kind: french.Kind; zone: string }>): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  if (kind === "time") return french.sortable(value, zone);
  if (kind === "day") return french.sortable(value, zone).slice(0, 10);
  return String(Number(value.toFixed(DECIMALS))).replace(".", ",");
}

/** Rows for a French spreadsheet: `;` between cells, decimal commas, and no cell that would run as a formula. */
const spreadsheet = (rows: readonly (readonly string[])[]): string =>
  stringify(rows as string[][], { bom: true, delimiter: ";", record_delimiter: "windows", escape_formulas: true });

function rowsOf({ columns, rows }: Table, zone: string): string[][] {
  const written = (cell: Cell, index: number) => text(cell, { kind: cell.kind ?? columns[index]!.kind, zone });
  return [columns.map(header), ...rows.map((row) => row.map(written))];
}

/** A CSV file for each table, by its name; the first one begins with the period and with what makes it incomplete. */
export function csv({ sections, facts, notices, zone }: Document): Map<string, string> {
  const tables = sections.flatMap((section) => section.tables);
  return new Map(
    tables.map((table, index): [string, string] => {
      const [head, ...rows] = rowsOf(table, zone);
      const wide = (cells: readonly string[]) => [...cells, ...head!.slice(cells.length).map(() => "")];
      const before = index === 0 ? [...facts, ...notices.map((notice) => ["Remarque", notice])].map(wide) : [];
      return [table.name, spreadsheet([head!, ...before, ...rows])];
    }),
  );
}

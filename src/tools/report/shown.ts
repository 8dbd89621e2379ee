import type { Column, Table } from "./table.ts";

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

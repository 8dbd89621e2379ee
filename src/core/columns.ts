const GAP = "  ";
const widthOf = (text = "") => [...text].length;

/** Rows as lines of aligned columns: those from `right` on stand to the right; a last one to the left has no blanks. */
export function aligned(
  rows: readonly (readonly string[])[],
  { right = Number.POSITIVE_INFINITY }: Readonly<{ right?: number }> = {},
): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((most, row) => Math.max(most, widthOf(row[column])), 0),
  );
  const cell = (text: string, column: number) => {
    const blanks = " ".repeat(widths[column]! - widthOf(text));
    if (column >= right) return blanks + text;
    return column === widths.length - 1 ? text : text + blanks;
  };
  const line = (row: readonly string[]) => row.map(cell).join(GAP);
  return rows.map((row) => (right < widths.length ? line(row).trimEnd() : line(row)));
}

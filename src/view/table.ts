import { classes, type Html, html, nothing, onLines } from "../core/html.ts";

/** A row of a table: its name, and the texts behind it. */
export type TableRow = readonly [name: string | Html, ...texts: string[]];
type Table = Readonly<{ head: readonly string[]; rows: readonly TableRow[]; numbers?: boolean }>;

/** A table on a page, without a head where nothing stands in it; `numbers` stand to the right. */
export function tableHtml({ head, rows, numbers = false }: Table): Html {
  const side = classes([numbers && "number"]);
  const titles = head.map((title, place) => html`<th scope="col"${place > 0 ? side : nothing}>${title}</th>`);
  const top = head.some((title) => title !== "") ? html`<thead><tr>${titles}</tr></thead>` : nothing;
  const lines = rows.map(([name, ...texts]) => {
    const cells = texts.map((text) => html`<td${side}>${text}</td>`);
    return html`<tr><th scope="row">${name}</th>${cells}</tr>`;
  });
  return html`<div class="wide"><table>${top}<tbody>
${onLines(lines)}
</tbody></table></div>`;
}

import { classes, type Html, html, nothing, onLines } from "../../core/html.ts";
import { clipped } from "../../core/printable.ts";
import { figure } from "../../view/figure.ts";
import { pageOf } from "../../view/page.ts";
import type { Document, Section } from "./document.ts";
import * as french from "./french.ts";
import { type Cell, type Column, MOST_ROWS, MOST_TEXT, moreRows, shownColumns, type Table } from "./table.ts";
import { ALWAYS_ON_TILES } from "./tables/synthesis.ts";

function cell(
  { value, kind: own, over = false }: Cell,
  { kind, isFirst, zone }: Readonly<{ kind: Column["kind"]; isFirst: boolean; zone: string }>,
): Html {
  const as = own ?? kind;
  const isLong = as === "text" && typeof value === "string" && value.length > 40;
  const names = classes([typeof value === "number" && "number", isLong && "long", over && "over"]);
  const text = clipped(french.shown(value, { kind: as, zone }), MOST_TEXT);
  return isFirst ? html`<th scope="row"${names}>${text}</th>` : html`<td${names}>${text}</td>`;
}

function table(of: Table, zone: string): Html {
  if (of.rows.length === 0) return of.empty ? html`<h3>${of.title}</h3><p class="none">${of.empty}</p>` : nothing;
  const columns = shownColumns(of);
  const head = columns.map(
    ({ title, kind }) => html`<th scope="col"${classes([kind !== "text" && "number"])}>${title}</th>`,
  );
  const rows = of.rows.slice(0, MOST_ROWS).map((row) => {
    const cells = columns.map(({ kind, index }, place) => cell(row[index]!, { kind, isFirst: place === 0, zone }));
    return html`<tr>${cells}</tr>`;
  });
  const more = of.rows.length > MOST_ROWS ? html`<p class="none">${moreRows(of)}</p>` : nothing;
  const size = of.rows.length > 20 ? "wide tall" : "wide";
  const region = html`class="${size}" tabindex="0" role="region" aria-label="${of.title}"`;
  const body = html`<thead><tr>${head}</tr></thead><tbody>
${onLines(rows)}
</tbody>`;
  return html`<h3>${of.title}</h3><div ${region}><table data-name="${of.name}">${body}</table></div>${more}`;
}

function section({ title, charts, tables }: Section, { index, zone }: Readonly<{ index: number; zone: string }>): Html {
  const figures = charts.map((chart, place) => figure(chart, `graphique-${index}-${place}`));
  const body = [...figures, ...tables.map((of) => table(of, zone))].filter((part) => String(part) !== "");
  return body.length > 0 ? html`<section><h2>${title}</h2>${onLines(body)}</section>` : nothing;
}

/** The indicators as tiles above everything. */
function tiles({ sections, zone }: Document): Html {
  const rows = sections[0]?.tables[0]?.rows ?? [];
  const stateOf = (verdict: Cell | undefined) => {
    if (verdict?.value === undefined) return "";
    return verdict.over ? " bad" : " good";
  };
  const tile = ([name, value, , objective, verdict]: readonly Cell[]) => {
    const goal =
      objective?.value === undefined ? nothing : html`<span class="goal">objectif : ${String(objective.value)}</span>`;
    const figure = french.shown(value?.value, { kind: value?.kind ?? "count", zone });
    const texts = html`<span class="name">${String(name?.value)}</span><span class="value">${figure}</span>${goal}`;
    return html`<li class="tile${stateOf(verdict)}">${texts}</li>`;
  };
  const main = rows.filter(
    ([name, , , objective]) => objective?.value !== undefined || ALWAYS_ON_TILES.has(String(name?.value)),
  );
  return main.length > 0 ? html`<ul class="tiles">${onLines(main.map(tile))}</ul>` : nothing;
}

const list = (texts: readonly string[]) => html`<ul>${onLines(texts.map((text) => html`<li>${text}</li>`))}</ul>`;

/** The report as one page that needs neither network nor script. */
export function page(document: Document): string {
  const { title, period, zone, made, notices, highlights, sections, method } = document;
  const main = html`${onLines(notices.map((notice) => html`<p class="notice" role="note">${notice}</p>`))}
${tiles(document)}
${highlights.length > 0 ? html`<section><h2>À retenir</h2>${list(highlights)}</section>` : nothing}
${onLines(sections.map((of, index) => section(of, { index, zone })))}
<section class="method"><h2>Méthode</h2>${list(method)}</section>`;
  return pageOf({
    title,
    name: `${title} — ${period}`,
    period,
    made: `Fuseau horaire ${zone} · établi le ${made}`,
    main,
  });
}

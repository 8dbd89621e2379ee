import { clipped } from "../../core/printable.ts";
import { figure } from "../../view/figure.ts";
import { escaped, page } from "../../view/page.ts";
import type { Document, Section } from "./document.ts";
import * as french from "./french.ts";
import { MOST_ROWS, MOST_TEXT, moreRows, shownColumns } from "./shown.ts";
import type { Cell, Table } from "./table.ts";
import { ALWAYS_ON_TILES } from "./tables/synthesis.ts";

function table(of: Table, zone: string): string {
  if (of.rows.length === 0) return of.empty ? `<h3>${escaped(of.title)}</h3><p class="none">${escaped(of.empty)}</p>` : "";
  const columns = shownColumns(of);
  const cellOf = ({ value, kind: own, over = false }: Cell, kind: Cell["kind"] & string, first: boolean) => {
    const as = own ?? kind;
    const classes = [typeof value === "number" && "number", as === "text" && typeof value === "string" && value.length > 40 && "long", over && "over"].filter(
      Boolean,
    );
    const tag = first ? "th" : "td";
    return `<${tag}${first ? ' scope="row"' : ""}${classes.length > 0 ? ` class="${classes.join(" ")}"` : ""}>${escaped(clipped(french.shown(value, as, zone), MOST_TEXT))}</${tag}>`;
  };
  const head = columns.map(({ title, kind }) => `<th scope="col"${kind === "text" ? "" : ' class="number"'}>${escaped(title)}</th>`).join("");
  const rows = of.rows.slice(0, MOST_ROWS).map((row) => `<tr>${columns.map(({ kind, index }, place) => cellOf(row[index]!, kind, place === 0)).join("")}</tr>`);
  const more = of.rows.length > MOST_ROWS ? `<p class="none">${escaped(moreRows(of))}</p>` : "";
  const title = escaped(of.title);
  return `<h3>${title}</h3><div class="${of.rows.length > 20 ? "wide tall" : "wide"}" tabindex="0" role="region" aria-label="${title}"><table data-name="${of.name}"><thead><tr>${head}</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table></div>${more}`;
}

function section({ title, charts, tables }: Section, index: number, zone: string): string {
  const body = [...charts.map((chart, place) => figure(chart, `graphique-${index}-${place}`)), ...tables.map((of) => table(of, zone))].filter(Boolean);
  return body.length > 0 ? `<section><h2>${escaped(title)}</h2>${body.join("\n")}</section>` : "";
}

/** The indicators as tiles above everything. */
function tiles({ sections, zone }: Document): string {
  const rows = sections[0]?.tables[0]?.rows ?? [];
  const tile = ([name, value, , objective, verdict]: readonly Cell[]) => {
    const state = verdict?.value === undefined ? "" : verdict.over ? " bad" : " good";
    const goal = objective?.value === undefined ? "" : `<span class="goal">objectif : ${escaped(String(objective.value))}</span>`;
    return `<li class="tile${state}"><span class="name">${escaped(String(name?.value))}</span><span class="value">${escaped(french.shown(value?.value, value?.kind ?? "count", zone))}</span>${goal}</li>`;
  };
  const main = rows.filter(([name, , , objective]) => objective?.value !== undefined || ALWAYS_ON_TILES.has(String(name?.value)));
  return main.length > 0 ? `<ul class="tiles">${main.map(tile).join("\n")}</ul>` : "";
}

/** The report as one page that needs neither network nor script. */
export function html(document: Document): string {
  const { title, period, zone, made, notices, highlights, sections, method } = document;
  const list = (texts: readonly string[]) => `<ul>${texts.map((text) => `<li>${escaped(text)}</li>`).join("\n")}</ul>`;
  const main = [
    notices.map((notice) => `<p class="notice" role="note">${escaped(notice)}</p>`).join("\n"),
    tiles(document),
    highlights.length > 0 ? `<section><h2>À retenir</h2>${list(highlights)}</section>` : "",
    sections.map((of, index) => section(of, index, zone)).join("\n"),
    `<section class="method"><h2>Méthode</h2>${list(method)}</section>`,
  ].join("\n");
  return page({ title, name: `${title} — ${period}`, period, made: `Fuseau horaire ${zone} · établi le ${made}`, main });
}

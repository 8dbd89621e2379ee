import { code, isLively, table as markdownTable, escaped as plain } from "../../core/markdown.ts";
import { clipped } from "../../core/printable.ts";
import { visible } from "../../core/visible.ts";
import type { Document } from "./document.ts";
import * as french from "./french.ts";
import { MOST_ROWS, MOST_TEXT, moreRows, shownColumns, type Table } from "./table.ts";

/** A text as it is: no Markdown, HTML, mention, mail address or link comes out of it. */
const escaped = (text: string): string =>
  isLively(text) ? code(visible(text)) : plain(visible(text)).replaceAll(">", "\\>");

/** The same in a cell of a table, which a bar would end even inside code. */
const cell = (text: string): string => (isLively(text) ? escaped(text).replaceAll("|", "\\|") : escaped(text));

function table(of: Table, zone: string): string {
  const heading = `### ${of.title}`;
  if (of.rows.length === 0) return of.empty ? `${heading}\n\n${escaped(of.empty)}` : "";
  const columns = shownColumns(of);
  const rows = of.rows.slice(0, MOST_ROWS).map((row) =>
    columns.map(({ kind, index }) => {
      const { value, kind: own = kind, over = false } = row[index]!;
      const text = cell(clipped(french.shown(value, { kind: own, zone }), MOST_TEXT));
      return over ? `**${text}** ▲` : text;
    }),
  );
  const titles = columns.map(({ title }) => title);
  const body = markdownTable(titles, rows, {
    alignment: (column) => (columns[column]!.kind === "text" ? "---" : "--:"),
  });
  return [heading, "", body, ...(of.rows.length > MOST_ROWS ? ["", `_${moreRows(of)}_`] : [])].join("\n");
}

/** The report as Markdown; ▲ marks what breaks its objective. */
export function markdown({ title, period, zone, made, notices, highlights, sections, method }: Document): string {
  const list = (texts: readonly string[]) => texts.map((text) => `- ${escaped(text)}`).join("\n");
  const parts = [
    `# ${title}`,
    `**${period}** · fuseau horaire ${escaped(zone)} · établi le ${escaped(made)}`,
    ...notices.map((notice) => `> ⚠ ${escaped(notice)}`),
    ...(highlights.length > 0 ? ["## À retenir", list(highlights)] : []),
    ...sections.flatMap((section) => {
      const tables = section.tables.map((of) => table(of, zone)).filter(Boolean);
      return tables.length > 0 ? [`## ${section.title}`, ...tables] : [];
    }),
    "## Méthode",
    list(method),
  ];
  return `${parts.join("\n\n")}\n`;
}

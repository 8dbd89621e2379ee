import { type LegendOptions, legendRows, legendTitles } from "../../../../../view/legend.ts";
import type { Line, Plot } from "../../../../../view/plot.ts";
import { el } from "../../dom.ts";
import { type Drawn, linksOf } from "../context.ts";

/** A panel's legend, and what a press on one of its names does. */
export type Legend = Readonly<{
  options: LegendOptions;
  toggle: (line: Line, how: Readonly<{ only: boolean }>) => void;
  isHidden: (line: Line) => boolean;
}>;

/** A series' name, which shows it alone or hides it, and the way to where its link leads. */
function nameCell(line: Line, { toggle, isHidden }: Legend): HTMLElement {
  const onclick = (event: Event) => {
    const { ctrlKey, metaKey } = event as MouseEvent;
    toggle(line, { only: !ctrlKey && !metaKey });
  };
  const name = el(
    "button",
    {
      type: "button",
      class: "series",
      "aria-pressed": String(!isHidden(line)),
      title: "Montrer seule (Ctrl : cacher)",
      onclick,
    },
    el("span", { class: "swatch", style: `background:${line.color}` }),
    line.name,
  );
  const [link] = linksOf({ frame: line.frame, field: line.field, row: 0 });
  if (!link) return el("span", { class: "series-cell" }, name);
  const about = { title: link.title, "aria-label": `${link.title} : ${line.name}` };
  return el("span", { class: "series-cell" }, name, el("a", { class: "jump", href: link.href, ...about }, "↗"));
}

/** The legend below or beside a chart: a table, or a list. */
export function legendOf({ model }: Drawn, plot: Plot, legend: Legend): HTMLElement {
  const { options } = legend;
  const titles = legendTitles(options);
  const rows = legendRows(plot, options).map(({ line, values }) => ({ cell: nameCell(line, legend), values }));
  const width = options.width && { style: `flex-basis:${options.width}px` };
  const about = { tabindex: "0", role: "region", "aria-label": `Légende de ${model.title}`, ...width };
  if (options.displayMode !== "table") {
    const calc = (value: string, index: number) => el("span", { class: "calc" }, `${titles[index]} : ${value}`);
    const items = rows.map(({ cell, values }) => el("li", {}, cell, ...values.map(calc)));
    return el("div", { class: "legend", ...about }, el("ul", {}, ...items));
  }
  const number = (value: string) => el("td", { class: "number" }, value);
  const heads = titles.map((title) => el("th", { scope: "col", class: "number" }, title));
  const head = el("tr", {}, el("th", { scope: "col" }, "Nom"), ...heads);
  const body = rows.map(({ cell, values }) => el("tr", {}, el("th", { scope: "row" }, cell), ...values.map(number)));
  const table = el("table", {}, el("thead", {}, head), el("tbody", {}, ...body));
  return el("div", { class: "legend", ...about }, table);
}

import { customOf, type ShownFrame } from "../../../../view/fields.ts";
import { compare } from "../../../../view/transformations/rows.ts";
import { el } from "../dom.ts";
import { ink } from "../theme.ts";
import { alignOf, type Column, cell, columnsOf } from "./cells.ts";
import { type Drawn, isEmpty, nothing } from "./context.ts";
import { type Filters, filterMenu } from "./filter.ts";

type Sort = Readonly<{ column: string; descending: boolean }>;
/** What a reader sorted and filtered, kept over a refresh. */
export type TableState = { sort?: Sort | undefined; filters: Filters };

const firstSort = (options: Readonly<Record<string, unknown>>): Sort | undefined => {
  const [first] = (options.sortBy ?? []) as readonly Readonly<{ displayName: string; desc?: boolean }>[];
  return first && { column: first.displayName, descending: first.desc ?? false };
};

function rowsOf(columns: readonly Column[], { filters, sort }: TableState): readonly number[] {
  const count = columns[0]?.texts.length ?? 0;
  const kept = Array.from({ length: count }, (_, row) => row).filter((row) =>
    columns.every(({ field, texts }) => filters.get(field.name)?.has(texts[row]!) ?? true),
  );
  const by = columns.find(({ field }) => field.name === sort?.column)?.field;
  if (!by || !sort) return kept;
  const sorted = kept.sort((a, b) => compare(by.values[a]!, by.values[b]!));
  return sort.descending ? sorted.reverse() : sorted;
}

type Shown = Readonly<{ columns: readonly Column[]; sort: Sort | undefined; state: TableState; redraw: () => void }>;

/** A column's head: its name, which sorts by it, and its filter. */
function head(column: Column, { sort, state, redraw }: Shown): HTMLElement {
  const { field } = column;
  const { name } = field;
  const isSorted = sort?.column === name;
  const isDown = isSorted && sort.descending;
  const onclick = () => {
    state.sort = { column: name, descending: isSorted ? !isDown : true };
    redraw();
  };
  const arrow = isDown ? " ↓" : " ↑";
  const direction = isDown ? "descending" : "ascending";
  const text = isSorted ? `${name}${arrow}` : name;
  return el(
    "th",
    { scope: "col", "aria-sort": isSorted && direction, style: `text-align:${alignOf(field)}` },
    el("button", { type: "button", class: "head", onclick, title: `Trier par ${name}` }, text),
    customOf(field).filterable === true && filterMenu(column, { filters: state.filters, done: redraw }),
  );
}

function bodyOf(frame: ShownFrame, shown: Shown, { hasHeads }: Readonly<{ hasHeads: boolean }>) {
  const { columns, state, sort } = shown;
  const { card } = ink();
  const rows = rowsOf(columns, { ...state, sort }).map((row) =>
    el("tr", {}, ...columns.map((column) => cell(column, { frame, row, card }))),
  );
  const widths = columns.map(({ width }) => el("col", { style: width === undefined ? "" : `width:${width}px` }));
  const least = columns.reduce((sum, column) => sum + column.least, 0);
  return el(
    "table",
    { style: `min-width:${least}px` },
    el("colgroup", {}, ...widths),
    hasHeads && el("thead", {}, el("tr", {}, ...columns.map((column) => head(column, shown)))),
    el("tbody", {}, ...rows),
  );
}

/** Rows and columns, sorted and filtered by their heads. */
export function table(drawn: Drawn, state: TableState): HTMLElement {
  const { model, data, zone } = drawn;
  const [frame] = data.frames;
  if (!frame || isEmpty(drawn)) return nothing(drawn);
  const columns = columnsOf(frame, zone);
  const hasHeads = model.options.showHeader !== false;
  const box = el("div", { class: "table", tabindex: "0", role: "region", "aria-label": `Tableau ${model.title}` });
  const redraw = () => {
    const sort = state.sort ?? firstSort(model.options);
    box.replaceChildren(bodyOf(frame, { columns, sort, state, redraw }, { hasHeads }));
  };
  redraw();
  return box;
}

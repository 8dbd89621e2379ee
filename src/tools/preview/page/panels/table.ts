import { inkOn, readable } from "../../../../view/colors.ts";
import { display, textOf } from "../../../../view/display.ts";
import type { ShownField, ShownFrame } from "../../../../view/fields.ts";
import { compare } from "../../../../view/transformations.ts";
import { dialog, el, menu } from "../dom.ts";
import { ink } from "../theme.ts";
import { type Drawn, isEmpty, linked, nothing } from "./context.ts";

type Sort = Readonly<{ column: string; descending: boolean }>;
/** What a reader sorted and filtered, kept over a refresh. */
export type TableState = { sort?: Sort | undefined; filters: Map<string, ReadonlySet<string>> };
type Column = Readonly<{ field: ShownField; texts: readonly string[]; width: number | undefined }>;

const customOf = ({ config }: ShownField) => config.custom ?? {};
const isHidden = (field: ShownField) => customOf(field).hidden === true || (customOf(field).hideFrom as { viz?: boolean } | undefined)?.viz === true;

function columnsOf({ fields }: ShownFrame, zone: string | undefined): readonly Column[] {
  return fields
    .filter((field) => !isHidden(field))
    .map((field) => ({
      field,
      texts: field.values.map((value) => textOf(display(value, { type: field.type, config: field.config, ...(zone && { zone }) }))),
      width: typeof customOf(field).width === "number" ? (customOf(field).width as number) : undefined,
    }));
}

const alignOf = (field: ShownField) => {
  const align = customOf(field).align;
  if (align === "left" || align === "center" || align === "right") return align;
  return field.type === "number" ? "right" : "left";
};

function cell(frame: ShownFrame, { field, texts }: Column, row: number, zone: string | undefined): HTMLElement {
  const value = field.values[row] ?? null;
  const { color } = display(value, { type: field.type, config: field.config, ...(zone && { zone }) });
  const kind = (customOf(field).cellOptions as { type?: string } | undefined)?.type;
  const text = texts[row]!;
  const look =
    color && kind === "color-background"
      ? `background:${color};color:${inkOn(color)};`
      : color && kind === "color-text"
        ? `color:${readable(color, ink().card)};`
        : "";
  const inspect = customOf(field).inspect === true && text !== "";
  const content = inspect
    ? el("button", { type: "button", class: "cell-open", title: "Lire en entier", onclick: () => dialog(field.name, el("pre", {}, text)) }, text)
    : linked({ frame, field, row }, text);
  return el("td", { style: `${look}text-align:${alignOf(field)}`, title: text.length > 20 ? text : undefined }, content);
}

const MOST_CHOICES = 500;
function filterMenu({ field, texts }: Column, state: TableState, redraw: () => void): HTMLElement {
  const values = [...new Set(texts)].sort((a, b) => compare(a, b)).slice(0, MOST_CHOICES);
  const chosen = new Set(state.filters.get(field.name) ?? values);
  const boxes = values.map((value) => {
    const box = el("input", { type: "checkbox", checked: chosen.has(value) });
    box.addEventListener("change", () => (box.checked ? chosen.add(value) : chosen.delete(value)));
    return { value, row: el("label", {}, box, value === "" ? "(vide)" : value), box };
  });
  const search = el("input", { type: "search", placeholder: "Chercher une valeur", "aria-label": `Chercher parmi les valeurs de ${field.name}` });
  search.addEventListener("input", () => {
    for (const { value, row } of boxes) row.hidden = !value.toLowerCase().includes(search.value.toLowerCase());
  });
  const set = (filter: ReadonlySet<string> | undefined) => {
    if (filter) state.filters.set(field.name, filter);
    else state.filters.delete(field.name);
    redraw();
  };
  const apply = () => {
    const shown = boxes.filter(({ row, box }) => !row.hidden && box.checked).map(({ value }) => value);
    set(search.value !== "" ? new Set(shown) : chosen.size === values.length ? undefined : new Set(chosen));
  };
  const isOn = state.filters.has(field.name);
  const none = () => {
    for (const { box } of boxes) box.checked = false;
    chosen.clear();
  };
  return menu(
    isOn ? "▼" : "▽",
    { "aria-label": `Filtrer ${field.name}`, title: `Filtrer ${field.name}`, class: isOn ? "filter on" : "filter" },
    search,
    el("div", { class: "choices" }, ...boxes.map(({ row }) => row)),
    el(
      "div",
      { class: "actions" },
      el("button", { type: "button", onclick: apply }, "Appliquer"),
      el("button", { type: "button", class: "quiet", onclick: none }, "Aucune"),
      el("button", { type: "button", class: "quiet", onclick: () => set(undefined) }, "Effacer"),
    ),
  );
}

const firstSort = (options: Readonly<Record<string, unknown>>): Sort | undefined => {
  const [first] = (options.sortBy ?? []) as readonly Readonly<{ displayName: string; desc?: boolean }>[];
  return first && { column: first.displayName, descending: first.desc ?? false };
};

function rowsOf(columns: readonly Column[], state: TableState, sort: Sort | undefined): readonly number[] {
  const count = columns[0]?.texts.length ?? 0;
  const kept = Array.from({ length: count }, (_, row) => row).filter((row) =>
    columns.every(({ field, texts }) => state.filters.get(field.name)?.has(texts[row]!) ?? true),
  );
  const by = columns.find(({ field }) => field.name === sort?.column)?.field;
  if (!by || !sort) return kept;
  const sorted = kept.sort((a, b) => compare(by.values[a]!, by.values[b]!));
  return sort.descending ? sorted.reverse() : sorted;
}

/** Rows and columns, sorted and filtered by their heads. */
export function table(drawn: Drawn, state: TableState): HTMLElement {
  const { model, data, zone } = drawn;
  const [frame] = data.frames;
  if (!frame || (isEmpty(drawn) && frame.fields.length === 0)) return nothing(drawn);
  const columns = columnsOf(frame, zone);
  if (isEmpty(drawn)) return nothing(drawn);
  const box = el("div", { class: "table", tabindex: "0", role: "region", "aria-label": `Tableau ${model.title}` });
  const redraw = () => {
    const sort = state.sort ?? firstSort(model.options);
    const heads = columns.map((column) => {
      const { field } = column;
      const isSorted = sort?.column === field.name;
      const direction = isSorted ? (sort.descending ? "descending" : "ascending") : undefined;
      const click = () => {
        state.sort = { column: field.name, descending: isSorted ? !sort.descending : true };
        redraw();
      };
      const arrow = isSorted ? (sort.descending ? " ↓" : " ↑") : "";
      return el(
        "th",
        { scope: "col", "aria-sort": direction, style: `text-align:${alignOf(field)}` },
        el("button", { type: "button", class: "head", onclick: click, title: `Trier par ${field.name}` }, `${field.name}${arrow}`),
        customOf(field).filterable === true && filterMenu(column, state, redraw),
      );
    });
    const rows = rowsOf(columns, state, sort).map((row) => el("tr", {}, ...columns.map((column) => cell(frame, column, row, zone))));
    const widths = columns.map(({ width }) => el("col", { style: width === undefined ? "" : `width:${width}px` }));
    const least = columns.reduce((sum, { width }) => sum + (width ?? 100), 0);
    const body = el(
      "table",
      { style: `min-width:${least}px` },
      el("colgroup", {}, ...widths),
      el("thead", {}, el("tr", {}, ...heads)),
      el("tbody", {}, ...rows),
    );
    box.replaceChildren(body);
  };
  redraw();
  return box;
}

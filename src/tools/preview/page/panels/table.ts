import { inkOn, readable } from "../../../../view/colors.ts";
import { display, textOf } from "../../../../view/display.ts";
import type { ShownField, ShownFrame } from "../../../../view/fields.ts";
import { compare } from "../../../../view/transformations.ts";
import { dialog, el } from "../dom.ts";
import { ink } from "../theme.ts";
import { type Drawn, isEmpty, linked, nothing } from "./context.ts";
import { type Filters, filterMenu } from "./filter.ts";

type Sort = Readonly<{ column: string; descending: boolean }>;
/** What a reader sorted and filtered, kept over a refresh. */
export type TableState = { sort?: Sort | undefined; filters: Filters };
type Column = Readonly<{ field: ShownField; texts: readonly string[]; width: number | undefined }>;

const customOf = ({ config }: ShownField) => config.custom ?? {};
const isHidden = (field: ShownField) =>
  customOf(field).hidden === true || (customOf(field).hideFrom as { viz?: boolean } | undefined)?.viz === true;

function columnsOf({ fields }: ShownFrame, zone: string | undefined): readonly Column[] {
  return fields
    .filter((field) => !isHidden(field))
    .map((field) => ({
      field,
      texts: field.values.map((value) =>
        textOf(display(value, { type: field.type, config: field.config, ...(zone && { zone }) })),
      ),
      width: typeof customOf(field).width === "number" ? (customOf(field).width as number) : undefined,
    }));
}

const alignOf = (field: ShownField) => {
  const align = customOf(field).align;
  if (align === "left" || align === "center" || align === "right") return align;
  return field.type === "number" ? "right" : "left";
};

function cell(
  frame: ShownFrame,
  { field, texts }: Column,
  { row, zone, card }: Readonly<{ row: number; zone: string | undefined; card: string }>,
): HTMLElement {
  const value = field.values[row] ?? null;
  const { color } = display(value, { type: field.type, config: field.config, ...(zone && { zone }) });
  const kind = (customOf(field).cellOptions as { type?: string } | undefined)?.type;
  const text = texts[row]!;
  const look =
    color && kind === "color-background"
      ? `background:${color};color:${inkOn(color)};`
      : color && kind === "color-text"
        ? `color:${readable(color, card)};`
        : "";
  const inspect = customOf(field).inspect === true && text !== "";
  const content = inspect
    ? el(
        "button",
        {
          type: "button",
          class: "cell-open",
          title: "Lire en entier",
          onclick: () => dialog(field.name, el("pre", {}, text)),
        },
        text,
      )
    : linked({ frame, field, row }, text);
  return el(
    "td",
    { style: `${look}text-align:${alignOf(field)}`, title: text.length > 20 ? text : undefined },
    content,
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
    const { card } = ink();
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
        el(
          "button",
          { type: "button", class: "head", onclick: click, title: `Trier par ${field.name}` },
          `${field.name}${arrow}`,
        ),
        customOf(field).filterable === true && filterMenu(column, state.filters, redraw),
      );
    });
    const rows = rowsOf(columns, state, sort).map((row) =>
      el("tr", {}, ...columns.map((column) => cell(frame, column, { row, zone, card }))),
    );
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

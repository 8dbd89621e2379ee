import { inkOn, readable } from "../../../../view/colors.ts";
import { display } from "../../../../view/display.ts";
import { customOf, type ShownField, type ShownFrame } from "../../../../view/fields.ts";
import { textOf } from "../../../../view/format.ts";
import { dialog, el } from "../dom.ts";
import { linked } from "./context.ts";

/** A column of a table: its field, and each value as it is written and coloured. */
export type Column = Readonly<{
  field: ShownField;
  texts: readonly string[];
  colors: readonly (string | undefined)[];
  width: number | undefined;
  least: number;
}>;

/** The width that Grafana leaves a column without one of its own. */
const LEAST = 150;
const isHidden = (field: ShownField) =>
  customOf(field).hidden === true || (customOf(field).hideFrom as { viz?: boolean } | undefined)?.viz === true;

/** The columns of a frame that are not hidden. */
export const columnsOf = ({ fields }: ShownFrame, zone: string | undefined): readonly Column[] =>
  fields
    .filter((field) => !isHidden(field))
    .map((field) => {
      const { width, minWidth } = customOf(field);
      const own = typeof width === "number" ? width : undefined;
      const shown = { type: field.type, config: field.config, ...(zone && { zone }) };
      const displays = field.values.map((value) => display(value, shown));
      return {
        field,
        texts: displays.map(textOf),
        colors: displays.map(({ color }) => color),
        width: own,
        least: own ?? (typeof minWidth === "number" ? minWidth : LEAST),
      };
    });

export const alignOf = (field: ShownField): string => {
  const align = customOf(field).align;
  if (align === "left" || align === "center" || align === "right") return align;
  return field.type === "number" ? "right" : "left";
};

type Options = Readonly<{ type?: string; wrapText?: boolean }>;
const optionsOf = (field: ShownField) => (customOf(field).cellOptions ?? {}) as Options;

type Ground = Readonly<{ kind: string | undefined; card: string }>;
function colorsOf(color: string | undefined, { kind, card }: Ground): string {
  if (!color) return "";
  if (kind === "color-background") return `background:${color};color:${inkOn(color)};`;
  return kind === "color-text" ? `color:${readable(color, card)};` : "";
}

/** A text that is cut where its column ends; a press shows all of it. */
function opening({ name }: ShownField, text: string): HTMLElement {
  const onclick = () => dialog(name, el("pre", {}, text));
  return el("button", { type: "button", class: "cell-open", title: "Lire en entier", onclick }, text);
}

const MANY = 20;
type Place = Readonly<{ frame: ShownFrame; row: number; card: string }>;

/** One value of a table, coloured and linked as its field says. */
export function cell({ field, texts, colors }: Column, { frame, row, card }: Place): HTMLElement {
  const { type, wrapText } = optionsOf(field);
  const text = texts[row]!;
  const isOpening = customOf(field).inspect === true && text !== "";
  const content = isOpening ? opening(field, text) : linked({ frame, field, row }, text);
  const style = `${colorsOf(colors[row], { kind: type, card })}text-align:${alignOf(field)}`;
  return el("td", { style, class: wrapText && "wrapped", title: text.length > MANY ? text : undefined }, content);
}

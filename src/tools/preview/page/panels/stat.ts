import { inkOn, readable } from "../../../../view/colors.ts";
import { colorOfSingle, type Single, singles } from "../../../../view/values.ts";
import { el } from "../dom.ts";
import { ink } from "../theme.ts";
import { type Drawn, isEmpty, linked, nothing } from "./context.ts";

type Box = Readonly<{ width: number; height: number }>;
type Texts = Readonly<{ titleSize?: number; valueSize?: number }>;
const GAP = 4;
const PADDING = 16;
/** Width of a character against its height. */
const CHARACTER = 0.74;
/** From this shape on name and value stand beside each other. */
const WIDE = 2.5;

/** The number of columns in which the smallest text is largest. */
function columnsFor(count: number, { width, height }: Box, orientation: string): number {
  if (orientation === "horizontal") return 1;
  if (orientation === "vertical") return count;
  const sizes = Array.from({ length: count }, (_, index) => {
    const rows = Math.ceil(count / (index + 1));
    return Math.min(
      ((width - GAP * index) / (index + 1) - PADDING) / 6,
      ((height - GAP * (rows - 1)) / rows - PADDING) * 0.5,
    );
  });
  return sizes.indexOf(Math.max(...sizes)) + 1;
}

function tile(
  single: Single,
  {
    named,
    valued,
    mode,
    box,
    texts,
  }: Readonly<{ named: boolean; valued: boolean; mode: string; box: Box; texts: Texts }>,
): HTMLElement {
  const isWide = named && valued && box.width > WIDE * box.height;
  const { text, suffix } = single.shown;
  const color = colorOfSingle(single);
  const isBackground = mode.startsWith("background") && color;
  const own = isBackground ? `background:${color};color:${inkOn(color)}` : "";
  const valueColor = !isBackground && mode === "value" && color ? `color:${readable(color, ink().card)};` : "";
  const characters = text.length + suffix.length * 0.7;
  const room = box.height - PADDING;
  const share = named && !isWide ? 0.5 : 0.62;
  const fitting = Math.min(72, room * share, (box.width - PADDING) / (characters * CHARACTER));
  const size = texts.valueSize ?? Math.max(12, fitting);
  const nameFitting = Math.min(18, size * 0.45, (box.width - PADDING) / (Math.max(1, single.name.length) * CHARACTER));
  const nameSize = texts.titleSize ?? Math.max(11, nameFitting);
  const name = named && el("span", { class: "stat-name", style: `font-size:${nameSize}px` }, single.name);
  const value =
    valued &&
    el(
      "span",
      { class: "stat-value", style: `${valueColor}font-size:${size}px` },
      text,
      suffix ? el("span", { class: "stat-unit" }, suffix) : null,
    );
  return el(
    "div",
    { class: isWide ? "stat wide" : "stat", style: own, "data-value": single.value ?? "" },
    name,
    valued && value ? linked(single, value) : null,
  );
}

/** Big numbers, one beside the other. */
export function stat(drawn: Drawn, box: Box): HTMLElement {
  const { model, data, zone } = drawn;
  if (isEmpty(drawn)) return nothing(drawn);
  const {
    colorMode = "value",
    textMode = "auto",
    orientation = "auto",
  } = model.options as Readonly<Record<string, string>>;
  const texts = (model.options.text ?? {}) as Texts;
  const all = singles(model, data.frames, zone);
  const columns = columnsFor(all.length, box, orientation);
  const rows = Math.ceil(all.length / columns);
  const inner = { width: (box.width - GAP * (columns - 1)) / columns, height: (box.height - GAP * (rows - 1)) / rows };
  const named = textMode === "value_and_name" || textMode === "name" || (textMode === "auto" && all.length > 1);
  const tiles = all.map((single) =>
    tile(single, { named, valued: textMode !== "name" && textMode !== "none", mode: colorMode, box: inner, texts }),
  );
  return el("div", { class: "stats", style: `grid-template-columns:repeat(${columns},minmax(0,1fr))` }, ...tiles);
}

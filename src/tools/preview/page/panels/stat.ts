import { inkOn, readable } from "../../../../view/colors.ts";
import { colorOfSingle, type Single, singles } from "../../../../view/values.ts";
import { el } from "../dom.ts";
import { ink } from "../theme.ts";
import { type Drawn, isEmpty, linked, nothing } from "./context.ts";

type Box = Readonly<{ width: number; height: number }>;
const GAP = 4;
const PADDING = 16;
/** Width of a character against its height. */
const CHARACTER = 0.74;

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
  { named, valued, mode, box }: Readonly<{ named: boolean; valued: boolean; mode: string; box: Box }>,
): HTMLElement {
  const { text, suffix } = single.shown;
  const color = colorOfSingle(single);
  const isBackground = mode.startsWith("background") && color;
  const own = isBackground ? `background:${color};color:${inkOn(color)}` : "";
  const valueColor = !isBackground && mode === "value" && color ? `color:${readable(color, ink().card)};` : "";
  const characters = text.length + suffix.length * 0.7;
  const room = box.height - PADDING;
  const size = Math.max(
    12,
    Math.min(72, room * (named ? 0.5 : 0.62), (box.width - PADDING) / (characters * CHARACTER)),
  );
  const nameSize = Math.max(
    11,
    Math.min(18, size * 0.45, (box.width - PADDING) / (Math.max(1, single.name.length) * CHARACTER)),
  );
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
    { class: "stat", style: own, "data-value": single.value ?? "" },
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
  const all = singles(model, data.frames, zone);
  const columns = columnsFor(all.length, box, orientation);
  const rows = Math.ceil(all.length / columns);
  const inner = { width: (box.width - GAP * (columns - 1)) / columns, height: (box.height - GAP * (rows - 1)) / rows };
  const named = textMode === "value_and_name" || textMode === "name" || (textMode === "auto" && all.length > 1);
  const tiles = all.map((single) =>
    tile(single, { named, valued: textMode !== "name" && textMode !== "none", mode: colorMode, box: inner }),
  );
  return el("div", { class: "stats", style: `grid-template-columns:repeat(${columns},minmax(0,1fr))` }, ...tiles);
}

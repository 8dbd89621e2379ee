import { inkOn, readable } from "../../../../view/colors.ts";
import { type Single, singles } from "../../../../view/values.ts";
import { el } from "../dom.ts";
import { ink } from "../theme.ts";
import { type Drawn, isEmpty, linked, nothing } from "./context.ts";

/** Pixels that a panel has inside. */
export type Box = Readonly<{ width: number; height: number }>;
type Texts = Readonly<{ titleSize?: number; valueSize?: number }>;
const GAP = 4;
/** From this width for a height on, the name stands beside the value. */
const WIDE = 2.5;
const PADDING = 16;
/** Width of a character against its height. */
const CHARACTER = 0.74;

type Room = Box & Readonly<{ orientation: string }>;

/** The number of columns in which the smallest text is largest. */
function columnsFor(count: number, { width, height, orientation }: Room): number {
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

type Sizes = Readonly<{ name: number; value: number; isWide: boolean }>;
const between = ([least, most]: readonly [number, number], size: number) => Math.max(least, Math.min(most, size));

type Shape = Readonly<{ named: boolean; texts: Texts }>;

/**
 * Sizes of the texts, the same on every tile of so many pixels: the longest has room, or those that the panel names.
 */
function sizesOf(all: readonly Single[], { width, height }: Box, { named, texts }: Shape): Sizes {
  const isWide = named && width / height > WIDE;
  const share = isWide ? 0.5 : 1;
  const longest = (lengths: readonly number[]) => Math.max(1, ...lengths);
  const characters = longest(all.map(({ shown: { text, suffix } }) => text.length + suffix.length * 0.7));
  const names = longest(all.map(({ name }) => name.length));
  const room = (width - PADDING) * share;
  const tall = named && !isWide ? 0.5 : 0.62;
  const fitting = Math.min((height - PADDING) * tall, room / (characters * CHARACTER));
  const value = texts.valueSize ?? between([12, 72], fitting);
  const most = isWide ? value * 0.7 : value * 0.45;
  const name = texts.titleSize ?? between([11, 18], Math.min(most, room / (names * CHARACTER)));
  return { value, name, isWide };
}

type Style = Readonly<{ sizes: Sizes; named: boolean; valued: boolean; mode: string; box: string }>;

function tile(single: Single, { sizes, named, valued, mode, box }: Style): HTMLElement {
  const { text, suffix, color } = single.shown;
  const isTile = mode.startsWith("background") && color;
  const background = isTile ? `background:${color};color:${inkOn(color)};` : "";
  const ownColor = mode === "value" && color ? `color:${readable(color, ink().card)};` : "";
  const name = el("span", { class: "stat-name", style: `font-size:${sizes.name}px` }, single.name);
  const unit = suffix ? el("span", { class: "stat-unit" }, suffix) : null;
  const value = el("span", { class: "stat-value", style: `${ownColor}font-size:${sizes.value}px` }, text, unit);
  return el(
    "div",
    { class: sizes.isWide ? "stat wide" : "stat", style: `${background}${box}`, "data-value": single.value ?? "" },
    named && name,
    valued && linked(single, value),
  );
}

/** Big numbers, one beside the other; the last row fills the width. */
export function stat(drawn: Drawn, box: Box): HTMLElement {
  const { model, data, zone } = drawn;
  if (isEmpty(drawn)) return nothing(drawn);
  const options = model.options as Readonly<Record<string, string>>;
  const { colorMode: mode = "value", textMode = "auto", orientation = "auto" } = options;
  const texts = (model.options.text ?? {}) as Texts;
  const all = singles(model, data.frames, { zone });
  const columns = columnsFor(all.length, { ...box, orientation });
  const rows = Math.ceil(all.length / columns);
  const width = (box.width - GAP * (columns - 1)) / columns;
  const height = (box.height - GAP * (rows - 1)) / rows;
  const named = textMode === "value_and_name" || textMode === "name" || (textMode === "auto" && all.length > 1);
  const valued = textMode !== "name" && textMode !== "none";
  const place = `flex:1 0 ${Math.floor(width)}px;height:${Math.floor(height)}px`;
  const style = { sizes: sizesOf(all, { width, height }, { named, texts }), named, valued, mode, box: place };
  return el("div", { class: "stats" }, ...all.map((single) => tile(single, style)));
}

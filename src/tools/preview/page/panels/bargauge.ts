import { readable } from "../../../../view/colors.ts";
import { filledShares, singles } from "../../../../view/values.ts";
import { el } from "../dom.ts";
import { ink } from "../theme.ts";
import { type Drawn, isEmpty, linked, nothing } from "./context.ts";

/** A bar per value, its name on the left and its value on the right. */
export function barGauge(drawn: Drawn): HTMLElement {
  const { model, data, zone } = drawn;
  if (isEmpty(drawn)) return nothing(drawn);
  const all = singles(model, data.frames, { zone });
  const shares = filledShares(all);
  const { valueMode = "color" } = model.options as Readonly<Record<string, string>>;
  const rows = all.map((single, index) => {
    const { text, suffix, color = ink().text } = single.shown;
    const style = valueMode === "color" ? `color:${readable(color, ink().card)}` : "";
    return el(
      "div",
      { class: "bar-row", "data-value": single.value ?? "" },
      el("span", { class: "bar-name" }, linked(single, single.name)),
      el(
        "span",
        { class: "bar-track" },
        el("span", { class: "bar-fill", style: `width:${shares[index]! * 100}%;background:${color}` }),
      ),
      valueMode !== "hidden" &&
        el("span", { class: "bar-value", style }, text, el("span", { class: "stat-unit" }, suffix)),
    );
  });
  return el("div", { class: "bars", tabindex: "0", role: "group", "aria-label": model.title }, ...rows);
}

import { el } from "../dom.ts";
import { markdown } from "../markdown.ts";
import type { Drawn } from "./context.ts";

/** A text, as Markdown. */
export function textPanel({ model, data }: Drawn): HTMLElement {
  const { mode = "markdown", content = "" } = model.options as Readonly<Record<string, string>>;
  const isDrawn = mode === "markdown" && data.notShown.length === 0;
  return el("div", { class: "text", tabindex: "0" }, isDrawn && markdown(content));
}

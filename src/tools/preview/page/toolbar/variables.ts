import { ALL } from "../../../../view/choice.ts";
import type { ShownVariable } from "../../../../view/variables.ts";
import { el, menu } from "../dom.ts";
import { current, go } from "../state.ts";

/** A variable with choices: they count when the menu closes. */
function choiceMenu({ name, label, options, chosen, multi, all, notShown }: ShownVariable): HTMLElement {
  const picked = new Set(chosen);
  const before = JSON.stringify([...picked]);
  const names = all ? [ALL, ...options] : options;
  const inputs = new Map<string, HTMLInputElement>();
  const update = (value: string, { checked }: HTMLInputElement) => {
    if (!multi || (value === ALL && checked)) picked.clear();
    else if (checked) picked.delete(ALL);
    if (checked) picked.add(value);
    else picked.delete(value);
    for (const [one, input] of inputs) input.checked = picked.has(one);
  };
  const rows = names.map((value) => {
    const input = el("input", { type: multi ? "checkbox" : "radio", name, checked: picked.has(value) });
    inputs.set(value, input);
    input.addEventListener("change", () => update(value, input));
    return el("label", {}, input, value === ALL ? "Tout" : value);
  });
  const shown = chosen.includes(ALL) ? "Tout" : chosen.join(" + ") || "aucun choix";
  const apply = () => {
    const next = picked.size > 0 || !all ? [...picked] : [ALL];
    if (JSON.stringify(next) !== before) go({ choice: { ...current().choice, [name]: next } });
  };
  const faults = notShown.map((what) => el("p", { class: "fault" }, `Pas montré : ${what}`));
  const body = menu(
    shown,
    { onclose: apply, "aria-label": `${label} : ${shown}` },
    el("div", { class: "choices" }, ...rows),
    ...faults,
  );
  return el(
    "div",
    { class: "variable" },
    el("span", { class: "variable-label" }, label),
    body,
    notShown.length > 0 && el("span", { class: "warn", title: notShown.join(" ; ") }, "⚠"),
  );
}

const TYPING_MS = 300;
function textBox({ name, label, chosen }: ShownVariable): HTMLElement {
  const input = el("input", { type: "search", value: chosen.join(""), "aria-label": label, "data-variable": name });
  let timer: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    const taken = () => go({ choice: { ...current().choice, [name]: [input.value] } }, { replace: true });
    timer = setTimeout(taken, TYPING_MS);
  });
  return el("div", { class: "variable" }, el("span", { class: "variable-label" }, label), input);
}

/** A variable of a dashboard: a menu of its choices, or a field to write in. */
export const variableField = (variable: ShownVariable): HTMLElement =>
  variable.kind === "text" ? textBox(variable) : choiceMenu(variable);

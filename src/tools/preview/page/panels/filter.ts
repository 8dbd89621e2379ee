import type { ShownField } from "../../../../view/fields.ts";
import { compare } from "../../../../view/transformations/rows.ts";
import { el, menu } from "../dom.ts";

/** The texts that each filtered column keeps, by its name. */
export type Filters = Map<string, ReadonlySet<string>>;
type Column = Readonly<{ field: ShownField; texts: readonly string[] }>;
/** What the columns keep, and what to do when a reader changed it. */
type Filtering = Readonly<{ filters: Filters; done: () => void }>;

const MOST_CHOICES = 500;

/** The choices of a column: its values with a box each, and a search among them. */
function choices({ field, texts }: Column, { filters, done }: Filtering): readonly HTMLElement[] {
  const values = [...new Set(texts)].sort((a, b) => compare(a, b));
  const chosen = new Set(filters.get(field.name) ?? values);
  const boxes = values.slice(0, MOST_CHOICES).map((value) => {
    const box = el("input", { type: "checkbox", checked: chosen.has(value) });
    box.addEventListener("change", () => (box.checked ? chosen.add(value) : chosen.delete(value)));
    return { box, row: el("label", {}, box, value === "" ? "(vide)" : value) };
  });
  const search = el("input", {
    type: "search",
    placeholder: "Chercher une valeur",
    "aria-label": `Chercher parmi les valeurs de ${field.name}`,
  });
  const isFound = (value: string) => value.toLowerCase().includes(search.value.toLowerCase());
  search.addEventListener("input", () => {
    for (const [index, { row }] of boxes.entries()) row.hidden = !isFound(values[index]!);
  });
  const keep = (kept: ReadonlySet<string>) => {
    if (kept.size === values.length) filters.delete(field.name);
    else filters.set(field.name, kept);
    done();
  };
  const none = () => {
    for (const { box } of boxes) box.checked = false;
    chosen.clear();
  };
  const more =
    values.length > MOST_CHOICES &&
    el("p", { class: "none" }, `${values.length - MOST_CHOICES} autres valeurs : chercher pour les garder.`);
  const apply = () => keep(new Set([...chosen].filter(isFound)));
  const list = el("div", { class: "choices" }, ...boxes.map(({ row }) => row), more);
  const actions = el(
    "div",
    { class: "actions" },
    el("button", { type: "button", onclick: apply }, "Appliquer"),
    el("button", { type: "button", class: "quiet", onclick: none }, "Aucune"),
    el("button", { type: "button", class: "quiet", onclick: () => keep(new Set(values)) }, "Effacer"),
  );
  return [search, list, actions];
}

/** The sign beside a column's head; its choices are made when it is opened. */
export function filterMenu(column: Column, filtering: Filtering): HTMLElement {
  const { name } = column.field;
  const [sign, look] = filtering.filters.has(name) ? ["▼", "filter on"] : ["▽", "filter"];
  const label = `Filtrer ${name}`;
  const details = menu(sign, { "aria-label": label, title: label, class: look });
  details.addEventListener("toggle", () => {
    if (details.open) details.querySelector(".menu-body")?.replaceChildren(...choices(column, filtering));
  });
  return details;
}

import { collected } from "../../../core/kept.ts";
import type { PanelModel } from "./api.ts";
import { showData } from "./data-view.ts";
import { el, menu } from "./dom.ts";
import { barGauge } from "./panels/bargauge.ts";
import { addressed, type Drawn } from "./panels/context.ts";
import { type Box, stat } from "./panels/stat.ts";
import { type TableState, table } from "./panels/table.ts";
import { textPanel } from "./panels/text.ts";
import { timeseries } from "./panels/timeseries.ts";
import { current, go } from "./state.ts";

/** A panel on the page; its body is filled when the data come. */
export type Frame = Readonly<{
  model: PanelModel;
  section: HTMLElement;
  body: HTMLElement;
  notes: HTMLElement;
  last: { drawn?: Drawn };
}>;

function description({ id, title, description: text }: PanelModel): HTMLElement | null {
  if (!text) return null;
  const about = `description-${id}`;
  const sign = { type: "button", class: "info", "aria-label": `Description de ${title}`, "aria-describedby": about };
  const tip = el("span", { class: "about-text", id: about, role: "tooltip" }, text);
  return el("span", { class: "about" }, el("button", sign, "i"), tip);
}

/** The links of a panel, with the range and the variables of the page where they name them. */
const linksOf = ({ links }: PanelModel): readonly HTMLElement[] =>
  addressed(links).map((link) => el("a", { class: "panel-link", ...link, "aria-label": link.title }, "↗"));

function menuOf({ id, title }: PanelModel, open: () => void): HTMLElement {
  const isAlone = current().panel === String(id);
  const enlarge = () => go({ panel: isAlone ? undefined : String(id) });
  const words = isAlone ? "Revenir au tableau" : "Agrandir";
  return menu(
    "⋮",
    { class: "panel-menu", "aria-label": `Menu de ${title}` },
    el("button", { type: "button", onclick: open }, "Données et requêtes"),
    el("button", { type: "button", onclick: enlarge }, words),
  );
}

const placeOf = ({ x, y, w, h }: PanelModel["gridPos"]) => `grid-column:${x + 1}/span ${w};grid-row:${y + 1}/span ${h}`;

/** A panel's frame: title, description, links, menu. */
export function frameOf(model: PanelModel): Frame {
  const { id, title, gridPos } = model;
  const last: { drawn?: Drawn } = {};
  const isAlone = current().panel === String(id);
  const open = () => {
    if (last.drawn) showData(last.drawn);
  };
  const heading = `panneau-${id}`;
  const head = el("h2", { id: heading }, title);
  const notes = el("div", { class: "notes" });
  const body = el("div", { class: "panel-body" });
  const section = el(
    "section",
    {
      class: isAlone ? "panel alone" : "panel",
      style: isAlone ? "" : placeOf(gridPos),
      "aria-labelledby": heading,
      "data-panel": id,
      "aria-busy": "true",
    },
    el("header", {}, head, description(model), ...linksOf(model), menuOf(model, open)),
    notes,
    body,
  );
  return { model, section, body, notes, last };
}

const tables = collected<string, TableState>();
const stateOf = (key: string) => tables.of(key, () => ({ filters: new Map() }));

function notesOf({ data: { notShown, error } }: Drawn): readonly HTMLElement[] {
  const about = { class: "not-shown", role: "note", title: notShown.join("\n") };
  const missing = notShown.length > 0 ? [el("p", about, `Pas montré : ${notShown.join(" ; ")}`)] : [];
  return error ? [...missing, el("p", { class: "fault", role: "alert" }, error)] : missing;
}

/** The room inside a panel. */
function boxOf({ body }: Frame): Box {
  const { paddingLeft, paddingRight, paddingBottom } = getComputedStyle(body);
  const aside = Number.parseFloat(paddingLeft) + Number.parseFloat(paddingRight);
  return { width: body.clientWidth - aside, height: body.clientHeight - Number.parseFloat(paddingBottom) };
}

/** Draws what came for panels; all are measured before the first changes: the page is laid out once. */
export function drawAll(all: readonly (readonly [Frame, Drawn])[], uid: string): void {
  for (const [{ notes }, drawn] of all) notes.replaceChildren(...notesOf(drawn));
  const boxes = all.map(([frame]) => boxOf(frame));
  for (const [index, [frame, drawn]] of all.entries()) draw(frame, drawn, { uid, box: boxes[index]! });
}

function draw(frame: Frame, drawn: Drawn, { uid, box }: Readonly<{ uid: string; box: Box }>): void {
  const { model, body, section } = frame;
  frame.last.drawn = drawn;
  if (drawn.data.error) body.replaceChildren();
  else if (model.type === "timeseries") timeseries(drawn, body);
  else if (model.type === "stat") body.replaceChildren(stat(drawn, box));
  else if (model.type === "bargauge") body.replaceChildren(barGauge(drawn));
  else if (model.type === "table") body.replaceChildren(table(drawn, stateOf(`${uid}/${model.id}`)));
  else if (model.type === "text") body.replaceChildren(textPanel(drawn));
  else body.replaceChildren();
  section.dataset.step = String(drawn.data.step);
  section.setAttribute("aria-busy", "false");
}

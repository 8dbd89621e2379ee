import type { Events } from "../../../view/annotations.ts";
import type { DashboardModel, PanelModel } from "./api.ts";
import * as api from "./api.ts";
import { showData } from "./data-view.ts";
import { announce, el, menu } from "./dom.ts";
import { barGauge } from "./panels/bargauge.ts";
import type { Drawn } from "./panels/context.ts";
import { stat } from "./panels/stat.ts";
import { type TableState, table } from "./panels/table.ts";
import { dropCharts, timeseries } from "./panels/timeseries.ts";
import { current, go, parametersOf } from "./state.ts";
import { toolbar } from "./toolbar.ts";

const tables = new Map<string, TableState>();
let generation = 0;

type Frame = Readonly<{
  model: PanelModel;
  section: HTMLElement;
  body: HTMLElement;
  notes: HTMLElement;
  last: { drawn?: Drawn };
}>;

/** A panel's frame: title, description, menu; its body is filled when the data come. */
function frameOf(model: PanelModel): Frame {
  const { id, title, description, gridPos } = model;
  const last: { drawn?: Drawn } = {};
  const isAlone = current().panel === String(id);
  const open = () => {
    if (last.drawn) showData(last.drawn);
  };
  const heading = `panneau-${id}`;
  const about = `description-${id}`;
  const info = description
    ? el(
        "span",
        { class: "about" },
        el(
          "button",
          { type: "button", class: "info", "aria-label": `Description de ${title}`, "aria-describedby": about },
          "i",
        ),
        el("span", { class: "about-text", id: about, role: "tooltip" }, description),
      )
    : null;
  const items = menu(
    "⋮",
    { class: "panel-menu", "aria-label": `Menu de ${title}` },
    el("button", { type: "button", onclick: open }, "Données et requêtes"),
    el(
      "button",
      { type: "button", onclick: () => go({ panel: isAlone ? undefined : String(id) }) },
      isAlone ? "Revenir au tableau" : "Agrandir",
    ),
  );
  const notes = el("div", { class: "notes" });
  const body = el("div", { class: "panel-body" });
  const place = isAlone
    ? ""
    : `grid-column:${gridPos.x + 1}/span ${gridPos.w};grid-row:${gridPos.y + 1}/span ${gridPos.h}`;
  const section = el(
    "section",
    {
      class: isAlone ? "panel alone" : "panel",
      style: place,
      "aria-labelledby": heading,
      "data-panel": id,
      "aria-busy": "true",
    },
    el("header", {}, el("h2", { id: heading }, title), info, items),
    notes,
    body,
  );
  return { model, section, body, notes, last };
}

function draw(frame: Frame, drawn: Drawn, uid: string): void {
  const { model, body, notes, section } = frame;
  frame.last.drawn = drawn;
  const missing = drawn.data.notShown;
  notes.replaceChildren(
    ...(missing.length > 0
      ? [
          el(
            "p",
            { class: "not-shown", role: "note", title: missing.join("\n") },
            `Pas montré : ${missing.join(" ; ")}`,
          ),
        ]
      : []),
    ...(drawn.data.error ? [el("p", { class: "fault", role: "alert" }, drawn.data.error)] : []),
  );
  const key = `${uid}/${model.id}`;
  const state = tables.get(key) ?? { filters: new Map() };
  tables.set(key, state);
  const box = { width: body.clientWidth, height: body.clientHeight };
  if (drawn.data.error) body.replaceChildren();
  else if (model.type === "timeseries") timeseries(drawn, body);
  else if (model.type === "stat") body.replaceChildren(stat(drawn, box));
  else if (model.type === "bargauge") body.replaceChildren(barGauge(drawn));
  else if (model.type === "table") body.replaceChildren(table(drawn, state));
  else body.replaceChildren();
  section.dataset.step = String(drawn.data.step);
  section.setAttribute("aria-busy", "false");
}

type Screen = Readonly<{ uid: string; model: DashboardModel; frames: readonly Frame[]; bar: HTMLElement }>;
let screen: Screen | undefined;

const zoneOf = ({ timezone }: DashboardModel) =>
  timezone === "browser" || timezone === "" ? undefined : timezone.toLowerCase() === "utc" ? "UTC" : timezone;
const usual = (model: DashboardModel) => {
  const state = current();
  return parametersOf({ ...state, from: state.from || model.time.from, to: state.to || model.time.to });
};

/** Asks for the data of every panel and draws what comes. */
async function fill({ uid, model, frames }: Screen, events: readonly Events[], mine: number): Promise<void> {
  const parameters = usual(model);
  const each = frames.map(async (frame) => {
    const points = Math.max(1, frame.body.clientWidth);
    const data = await api.panel(uid, parameters, { id: frame.model.id, points });
    if (mine === generation)
      draw(frame, { model: frame.model, data, events, zone: zoneOf(model), tooltip: model.graphTooltip }, uid);
  });
  await Promise.all(each);
}

/** Shows a dashboard; `anew` keeps what is on the page and only asks for its data again. */
export async function showDashboard(uid: string, into: HTMLElement, anew: boolean): Promise<void> {
  generation += 1;
  const mine = generation;
  const state = current();
  const [model, found] = await Promise.all([
    api.dashboard(uid, parametersOf(state)),
    api.events(uid, parametersOf(state)),
  ]);
  if (mine !== generation) return;
  document.title = `${model.title} — aperçu`;
  const events = found.map((one) => ({ ...one, enabled: one.enabled && !state.off.includes(one.name) }));
  const refresh = () => {
    announce("Actualisé");
    void showDashboard(uid, into, true);
  };
  const bar = toolbar(model, events, refresh);
  const same = anew && screen?.uid === uid && screen.frames[0]?.section.isConnected ? screen : undefined;
  if (same) {
    if (!same.bar.contains(document.activeElement) && !same.bar.querySelector("details[open]"))
      same.bar.replaceWith(bar);
    screen = { ...same, model, bar: bar.isConnected ? bar : same.bar };
  } else {
    const shown = model.panels.filter(({ id }) => state.panel === undefined || String(id) === state.panel);
    const frames = shown.map(frameOf);
    const focused =
      document.activeElement instanceof HTMLInputElement ? document.activeElement.dataset.variable : undefined;
    into.replaceChildren(
      el("h1", { class: "hidden" }, model.title),
      bar,
      el("div", { class: state.panel === undefined ? "grid" : "one" }, ...frames.map(({ section }) => section)),
    );
    const again =
      focused === undefined
        ? undefined
        : bar.querySelector<HTMLInputElement>(`input[data-variable="${CSS.escape(focused)}"]`);
    again?.focus();
    again?.setSelectionRange(again.value.length, again.value.length);
    screen = { uid, model, frames, bar };
  }
  dropCharts();
  await fill(screen, events, mine);
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Milliseconds between two refreshes; none without them. */
export function refreshEvery(): number | undefined {
  const text = current().refresh ?? (screen?.model.refresh || "");
  const found = /^(\d+)([smhd])$/.exec(text);
  return found ? Number(found[1]) * UNITS[found[2]!]! : undefined;
}

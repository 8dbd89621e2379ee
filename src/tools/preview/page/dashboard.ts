import { durationSeconds } from "../../../core/durations.ts";
import { eventsOn } from "../../../view/events.ts";
import type { DashboardModel } from "./api.ts";
import * as api from "./api.ts";
import { el } from "./dom.ts";
import { drawAll, type Frame, frameOf } from "./frame.ts";
import { charts } from "./library.ts";
import { dropCharts } from "./panels/timeseries/charts.ts";
import { current, parametersOf } from "./state.ts";
import { toolbar } from "./toolbar.ts";

let generation = 0;

type Screen = Readonly<{ uid: string; model: DashboardModel; frames: readonly Frame[]; bar: HTMLElement }>;
let screen: Screen | undefined;

function zoneOf({ timezone }: DashboardModel): string | undefined {
  if (timezone === "browser" || timezone === "") return undefined;
  return timezone.toLowerCase() === "utc" ? "UTC" : timezone;
}
const usual = (model: DashboardModel) => {
  const state = current();
  return parametersOf({ ...state, from: state.from || model.time.from, to: state.to || model.time.to });
};

/** Asks for the data of every panel and draws what comes. */
async function fill({ uid, model, frames }: Screen, mine: number): Promise<void> {
  const page = { zone: zoneOf(model), tooltip: model.graphTooltip };
  const byId = new Map(frames.map((frame) => [frame.model.id, frame] as const));
  const wanted = frames.map(({ model: { id }, body }) => `${id}:${Math.max(1, body.clientWidth)}`);
  for await (const answers of api.panels(uid, { parameters: usual(model), wanted })) {
    const library = await charts;
    if (mine !== generation) return;
    const drawn = answers.map((data) => {
      const frame = byId.get(data.id)!;
      const events = eventsOn(model.events, data.id);
      return [frame, { ...page, events, model: frame.model, data, charts: library }] as const;
    });
    drawAll(drawn, uid);
  }
}

/** The field of a variable in which a reader writes, by its name. */
function writtenIn(): string | undefined {
  const focused = document.activeElement;
  return focused instanceof HTMLInputElement ? focused.dataset.variable : undefined;
}
function writeOn(bar: HTMLElement, name: string | undefined): void {
  if (name === undefined) return;
  const field = bar.querySelector<HTMLInputElement>(`input[data-variable="${CSS.escape(name)}"]`);
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}

type Shown = Omit<Screen, "frames">;

/** Puts a new bar above the panels that are there, unless a reader is at work in the old one. */
function renewed(before: Screen, { model, bar }: Shown): Screen {
  const isUsed = before.bar.contains(document.activeElement) || before.bar.querySelector("details[open]") !== null;
  if (!isUsed) before.bar.replaceWith(bar);
  return { ...before, model, bar: isUsed ? before.bar : bar };
}

function laidOut(into: HTMLElement, { uid, model, bar }: Shown): Screen {
  const { panel } = current();
  const frames = model.panels.filter(({ id }) => panel === undefined || String(id) === panel).map(frameOf);
  const focused = writtenIn();
  const grid = el("div", { class: panel === undefined ? "grid" : "one" }, ...frames.map(({ section }) => section));
  into.replaceChildren(el("h1", { class: "hidden" }, model.title), bar, grid);
  writeOn(bar, focused);
  return { uid, model, frames, bar };
}

/** How a page is shown: `anew` keeps what is there and only asks for its data again; `refresh` is for its button. */
export type Showing = Readonly<{ into: HTMLElement; anew: boolean; refresh: () => void }>;

/** Shows a dashboard. */
export async function showDashboard(uid: string, { into, anew, refresh }: Showing): Promise<void> {
  generation += 1;
  const mine = generation;
  const state = current();
  const parameters = parametersOf(state);
  const found = await api.dashboard(uid, parameters);
  if (mine !== generation) return;
  const events = found.events.map((one) => ({ ...one, enabled: one.enabled !== state.turned.includes(one.name) }));
  const model = { ...found, events };
  document.title = `${model.title} — aperçu`;
  const shown = { uid, model, bar: toolbar(model, refresh) };
  const isThere = anew && screen?.uid === uid && screen.frames[0]?.section.isConnected === true;
  screen = isThere ? renewed(screen!, shown) : laidOut(into, shown);
  dropCharts();
  await fill(screen, mine);
}

/** Milliseconds between two refreshes; none without them. */
export function refreshEvery(): number | undefined {
  const text = current().refresh ?? (screen?.model.refresh || "");
  const seconds = /^\d+[smhd]$/.test(text) ? durationSeconds(text) : undefined;
  return seconds === undefined ? undefined : seconds * 1000;
}

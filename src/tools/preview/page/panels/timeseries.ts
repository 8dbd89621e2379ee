import { type EChartsType, init } from "echarts";
import { chartOf, hidesBars, margins } from "../../../../view/chart.ts";
import { display, textOf } from "../../../../view/display.ts";
import { moment } from "../../../../view/format.ts";
import { type Line, legendRows, legendTitles, type Plot, plotOf } from "../../../../view/plot.ts";
import { el } from "../dom.ts";
import { go } from "../state.ts";
import { ink } from "../theme.ts";
import { type Drawn, isEmpty, linksOf, nothing } from "./context.ts";

const LEAST_DRAG = 8;
const charts = new Map<HTMLElement, { chart: EChartsType; line: HTMLElement; redraw: () => void }>();

/** Ends the charts that are no longer on the page. */
export function dropCharts(): void {
  for (const [place, { chart }] of charts)
    if (!place.isConnected) {
      chart.dispose();
      charts.delete(place);
    }
}

type Legend = Readonly<{
  displayMode?: string;
  placement?: string;
  showLegend?: boolean;
  calcs?: readonly string[];
  sortBy?: string;
  sortDesc?: boolean;
}>;

function legendOf(
  drawn: Drawn,
  plot: Plot,
  {
    options,
    toggle,
    isHidden,
  }: Readonly<{ options: Legend; toggle: (line: Line, only: boolean) => void; isHidden: (line: Line) => boolean }>,
) {
  const titles = legendTitles(options);
  const rows = legendRows(plot, options).map(({ line, values }) => {
    const press = (event: Event) => toggle(line, !(event as MouseEvent).ctrlKey && !(event as MouseEvent).metaKey);
    const swatch = el("span", { class: "swatch", style: `background:${line.color}` });
    const name = el(
      "button",
      {
        type: "button",
        class: "series",
        "aria-pressed": String(!isHidden(line)),
        title: "Montrer seule (Ctrl : cacher)",
        onclick: press,
      },
      swatch,
      line.name,
    );
    const [link] = linksOf({ frame: line.frame, field: line.field, row: 0 });
    const jump =
      link &&
      el("a", { class: "jump", href: link.href, title: link.title, "aria-label": `${link.title} : ${line.name}` }, "↗");
    return { line, values, cell: el("span", { class: "series-cell" }, name, jump ?? null) };
  });
  if (options.displayMode !== "table")
    return el(
      "ul",
      { class: "legend list" },
      ...rows.map(({ cell, values }) =>
        el(
          "li",
          {},
          cell,
          ...values.map((value, index) => el("span", { class: "calc" }, `${titles[index]} : ${value}`)),
        ),
      ),
    );
  const head = el(
    "tr",
    {},
    el("th", { scope: "col" }, "Nom"),
    ...titles.map((title) => el("th", { scope: "col", class: "number" }, title)),
  );
  const body = rows.map(({ cell, values }) =>
    el("tr", {}, el("th", { scope: "row" }, cell), ...values.map((value) => el("td", { class: "number" }, value))),
  );
  const table = el("table", {}, el("thead", {}, head), el("tbody", {}, ...body));
  return el(
    "div",
    { class: "legend", tabindex: "0", role: "region", "aria-label": `Légende de ${drawn.model.title}` },
    table,
  );
}

/** The values of every series nearest to a moment, and the events there. */
function tooltipOf(
  { zone, events, data: { range } }: Drawn,
  plot: Plot,
  { time, sort, isHidden }: Readonly<{ time: number; sort: string; isHidden: (line: Line) => boolean }>,
) {
  const times = [
    ...new Set(plot.lines.flatMap(({ points }) => points.flatMap(([at, value]) => (value === null ? [] : [at])))),
  ];
  const at = times.reduce<number | undefined>(
    (best, one) => (best === undefined || Math.abs(one - time) < Math.abs(best - time) ? one : best),
    undefined,
  );
  const near = (range.to - range.from) / 100;
  const rows = plot.lines
    .filter((line) => !isHidden(line))
    .flatMap((line) => {
      const value = line.points.find(([one]) => one === at)?.[1];
      return value === null || value === undefined ? [] : [{ line, value }];
    });
  if (sort === "desc") rows.sort((a, b) => b.value - a.value);
  if (sort === "asc") rows.sort((a, b) => a.value - b.value);
  const lines = rows.map(({ line, value }) =>
    el(
      "tr",
      {},
      el("td", {}, el("span", { class: "swatch", style: `background:${line.color}` }), line.name),
      el("td", { class: "number" }, textOf(display(value, { type: "number", config: line.field.config }))),
    ),
  );
  const found = events
    .filter(({ enabled }) => enabled)
    .flatMap(({ events: all }) => all.filter((event) => Math.abs(event.time - time) < near));
  const notes = found
    .slice(0, 5)
    .map((event) =>
      el(
        "p",
        { class: "event" },
        el("strong", {}, event.title),
        el("br"),
        moment(event.time, zone),
        el("br"),
        event.text,
      ),
    );
  return el(
    "div",
    { class: "tip" },
    at === undefined ? null : el("strong", {}, moment(at, zone)),
    el("table", {}, ...lines),
    ...notes,
  );
}

/** Dragging over a chart chooses the range between. */
function zoomable(
  place: HTMLElement,
  chart: EChartsType,
  inside: () => Readonly<{ left: number; right: number }>,
): void {
  const band = el("div", { class: "band", hidden: true });
  place.append(band);
  let start: number | undefined;
  const at = (event: PointerEvent) => {
    const { left, right } = inside();
    return Math.min(place.clientWidth - right, Math.max(left, event.clientX - place.getBoundingClientRect().left));
  };
  place.addEventListener("pointerdown", (event) => {
    if (event.button === 0) start = at(event);
  });
  place.addEventListener("pointermove", (event) => {
    if (start === undefined) return;
    const end = at(event);
    band.hidden = Math.abs(end - start) < LEAST_DRAG;
    band.style.left = `${Math.min(start, end)}px`;
    band.style.width = `${Math.abs(end - start)}px`;
  });
  const finish = (event: PointerEvent) => {
    const end = at(event);
    const from = start;
    start = undefined;
    band.hidden = true;
    if (from === undefined || Math.abs(end - from) < LEAST_DRAG) return;
    const times = [from, end]
      .map((x) => Math.round(Number(chart.convertFromPixel({ xAxisIndex: 0 }, x))))
      .sort((a, b) => a - b);
    go({ from: String(times[0]), to: String(times[1]) });
  };
  place.addEventListener("pointerup", finish);
  place.addEventListener("pointercancel", () => {
    start = undefined;
    band.hidden = true;
  });
}

/** A vertical line at the same moment on every other chart. */
function shareCrosshair(place: HTMLElement, chart: EChartsType): void {
  chart.on("updateAxisPointer", (event) => {
    const value = (event as { axesInfo?: readonly { value: number }[] }).axesInfo?.[0]?.value;
    for (const [other, { chart: theirs, line }] of charts) {
      if (other === place || !other.isConnected) continue;
      const x = value === undefined ? undefined : Number(theirs.convertToPixel({ xAxisIndex: 0 }, value));
      line.hidden = x === undefined || Number.isNaN(x);
      if (x !== undefined) line.style.left = `${x}px`;
    }
  });
}

/** Series over time, with a legend. */
export function timeseries(drawn: Drawn, into: HTMLElement): void {
  if (isEmpty(drawn)) {
    into.replaceChildren(nothing(drawn));
    return;
  }
  const { model, data, events, zone } = drawn;
  const plot = plotOf(data.frames);
  const options = (model.options.legend ?? {}) as Legend;
  const { mode = "single", sort = "none" } = (model.options.tooltip ?? {}) as Readonly<{
    mode?: string;
    sort?: string;
  }>;
  const place = el("div", {
    class: "chart",
    role: "img",
    "aria-label": `${model.title} : ${plot.lines.length} séries ; leurs valeurs sont dans la légende et dans « Données ».`,
  });
  const line = el("div", { class: "crosshair", hidden: true });
  const thin = el(
    "p",
    { class: "thin", role: "note", hidden: true },
    "Barres plus fines qu'un pixel : Grafana n'en montre rien.",
  );
  const box = el("div", { class: options.placement === "right" ? "plot side" : "plot" }, place);
  into.replaceChildren(box);
  const hidden = new Set<Line>();
  const isHidden = (one: Line) => hidden.has(one);
  let legend: HTMLElement | undefined;
  const chart = init(place, null, { renderer: "canvas" });
  const shown = () => ({ ...plot, lines: plot.lines.filter((one) => !hidden.has(one)) });
  const redraw = () => {
    const { text, grid } = ink();
    const look = { width: place.clientWidth, range: data.range, text, grid, ...(zone && { zone }) };
    const axis = chartOf(shown(), events, look);
    thin.hidden = !hidesBars(plot, look);
    const tooltip = {
      trigger: "axis" as const,
      confine: true,
      className: "tooltip",
      axisPointer: { type: "line" as const },
      formatter: (params: unknown) => {
        const [first] = [params].flat() as readonly { axisValue?: number }[];
        return tooltipOf(drawn, plot, { time: Number(first?.axisValue ?? 0), sort, isHidden });
      },
    };
    chart.setOption({ ...axis, ...(mode !== "none" && { tooltip }) }, { notMerge: true });
  };
  const toggle = (one: Line, only: boolean) => {
    const others = plot.lines.filter((other) => other !== one);
    const isAlone = others.every(isHidden) && !isHidden(one);
    if (!only) hidden.has(one) ? hidden.delete(one) : hidden.add(one);
    else {
      hidden.clear();
      if (!isAlone) for (const other of others) hidden.add(other);
    }
    redraw();
    drawLegend();
  };
  const drawLegend = () => {
    if (options.showLegend === false || options.displayMode === "hidden") return;
    const next = legendOf(drawn, plot, { options, toggle, isHidden });
    if (legend) legend.replaceWith(next);
    else box.append(next);
    legend = next;
  };
  drawLegend();
  chart.resize();
  redraw();
  place.append(line, thin);
  charts.set(place, { chart, line, redraw });
  if (drawn.tooltip > 0) shareCrosshair(place, chart);
  zoomable(place, chart, () => margins(shown()));
  let size = `${place.clientWidth}x${place.clientHeight}`;
  new ResizeObserver(() => {
    const next = `${place.clientWidth}x${place.clientHeight}`;
    if (!place.isConnected || chart.isDisposed() || next === size) return;
    size = next;
    chart.resize();
    redraw();
  }).observe(place);
}

/** Draws all charts anew, in the colours of the theme. */
export const redrawCharts = (): void => {
  for (const { redraw } of charts.values()) redraw();
};

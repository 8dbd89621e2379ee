import { hidesBars } from "../../../../view/chart/bars.ts";
import { margins } from "../../../../view/chart/look.ts";
import { chartOf } from "../../../../view/chart.ts";
import type { LegendOptions } from "../../../../view/legend.ts";
import { type Line, type Plot, plotOf } from "../../../../view/plot.ts";
import { el } from "../dom.ts";
import { ink } from "../theme.ts";
import { type Drawn, isEmpty, nothing } from "./context.ts";
import { keepChart, shareCrosshair } from "./timeseries/charts.ts";
import { type Legend, legendOf } from "./timeseries/legend.ts";
import { tooltipOf } from "./timeseries/tooltip.ts";
import { zoomable } from "./timeseries/zoom.ts";

type Tooltip = Readonly<{ mode?: string; sort?: string }>;

/** The series that a reader hid. */
function visibility({ lines }: Plot) {
  const hidden = new Set<Line>();
  const isHidden = (line: Line) => hidden.has(line);
  const showAlone = (line: Line) => {
    const others = lines.filter((other) => other !== line);
    const isAlone = others.every(isHidden) && !isHidden(line);
    hidden.clear();
    if (!isAlone) for (const other of others) hidden.add(other);
  };
  const turn = (line: Line) => (hidden.has(line) ? hidden.delete(line) : hidden.add(line));
  const toggle: Legend["toggle"] = (line, { only }) => {
    if (only) showAlone(line);
    else turn(line);
  };
  return { isHidden, toggle };
}

/** What to do when an element's size changes, after it was first drawn. */
function whenResized(place: HTMLElement, then: () => void): void {
  const sizeOf = () => `${place.clientWidth}x${place.clientHeight}`;
  let size = sizeOf();
  new ResizeObserver(() => {
    const next = sizeOf();
    if (!place.isConnected || next === size) return;
    size = next;
    then();
  }).observe(place);
}

/** Series over time, with a legend. */
export function timeseries(drawn: Drawn, into: HTMLElement): void {
  if (isEmpty(drawn)) {
    into.replaceChildren(nothing(drawn));
    return;
  }
  const { model, data, events, zone } = drawn;
  const plot = plotOf(data.frames);
  const options = (model.options.legend ?? {}) as LegendOptions;
  const { mode = "single", sort = "none" } = (model.options.tooltip ?? {}) as Tooltip;
  const where = "leurs valeurs sont dans la légende et dans « Données »";
  const about = `${model.title} : ${plot.lines.length} séries ; ${where}.`;
  const place = el("div", { class: "chart", role: "img", "aria-label": about });
  const line = el("div", { class: "crosshair", hidden: true });
  const words = "Barres plus fines qu'un pixel : Grafana n'en montre rien.";
  const thin = el("p", { class: "thin", role: "note", hidden: true }, words);
  const box = el("div", { class: options.placement === "right" ? "plot side" : "plot" }, place);
  into.replaceChildren(box);
  const { isHidden, toggle } = visibility(plot);
  const chart = drawn.charts.init(place, null, { renderer: "canvas" });
  const shown = () => ({ ...plot, lines: plot.lines.filter((one) => !isHidden(one)) });
  const tooltip = {
    trigger: "axis" as const,
    confine: true,
    transitionDuration: 0,
    className: "tooltip",
    axisPointer: { type: "line" as const },
    formatter: (params: unknown) => {
      const [first] = [params].flat() as readonly { axisValue?: number }[];
      return tooltipOf(drawn, plot, { time: Number(first?.axisValue ?? 0), sort, isHidden });
    },
  };
  const redraw = () => {
    const { text, grid } = ink();
    const look = { width: place.clientWidth, range: data.range, text, grid, ...(zone && { zone }) };
    thin.hidden = !hidesBars(plot, look);
    chart.setOption({ ...chartOf(shown(), events, look), ...(mode !== "none" && { tooltip }) }, { notMerge: true });
  };
  const hasLegend = options.showLegend !== false && options.displayMode !== "hidden";
  let legend: HTMLElement | undefined;
  const drawLegend = () => {
    if (!hasLegend) return;
    const press: Legend["toggle"] = (...pressed) => {
      toggle(...pressed);
      redraw();
      drawLegend();
    };
    const next = legendOf(drawn, plot, { options, toggle: press, isHidden });
    if (legend) legend.replaceWith(next);
    else box.append(next);
    legend = next;
  };
  drawLegend();
  chart.resize();
  redraw();
  place.append(line, thin);
  keepChart(place, { chart, line, redraw });
  if (drawn.tooltip > 0) shareCrosshair(place, chart);
  zoomable(place, { chart, inside: () => margins(shown()) });
  whenResized(place, () => {
    if (chart.isDisposed()) return;
    chart.resize();
    redraw();
  });
}

import { type Html, html, nothing } from "../core/html.ts";
import { margins } from "./chart/look.ts";
import { chartOf } from "./chart.ts";
import { display } from "./display.ts";
import type { Events } from "./events.ts";
import type { ShownField, ShownFrame } from "./fields.ts";
import { figure } from "./figure.ts";
import { textOf } from "./format.ts";
import { holdNothing } from "./frames.ts";
import { type LegendOptions, legendRows, legendTitles } from "./legend.ts";
import type { Panel } from "./model.ts";
import { panelData, type Question } from "./panel.ts";
import { type Plot, plotOf } from "./plot.ts";
import { type Chart, ink } from "./svg.ts";
import { type TableRow, tableHtml } from "./table.ts";
import { singles } from "./values.ts";

/** Lines of a table, the first of them its head. */
type Lines = readonly (readonly string[])[];
/** What a panel shows: a chart with the colours of its series, or a table; what is missing is said. */
export type Picture = Readonly<{
  chart?: Chart;
  plot?: Plot;
  colors: readonly string[];
  table: Lines;
  missing?: string;
}>;
type Size = Readonly<{ width: number; height: number; events?: readonly Events[] }>;

const ZONE = "UTC";
const MOST_ROWS = 12;
const LAST_LABEL = 28;

const limitsText = ({ axes }: Plot): string => {
  const written = (value: number, config: Plot["axes"][number]["config"]) =>
    textOf(display(value, { type: "number", config: { ...config, mappings: [], decimals: null } }));
  return axes.flatMap(({ limits, config }) => limits.map(({ value }) => `- - - ${written(value, config)}`)).join("   ");
};

function chartPicture(
  panel: Panel,
  frames: readonly ShownFrame[],
  { width, height, range, events = [] }: Size & Pick<Question, "range">,
): Picture {
  const plot = plotOf(frames);
  const legend = (panel.options.legend ?? {}) as LegendOptions;
  const rows = legendRows(plot, legend);
  const look = { width, range, text: ink.text, grid: ink.line, zone: ZONE };
  const { grid, ...drawn } = chartOf(plot, events, look);
  // The last time of the axis stands half behind it.
  const option = { ...drawn, useUTC: true, grid: { ...grid, right: Math.max(LAST_LABEL, margins(plot).right) } };
  return {
    plot,
    chart: { title: panel.title, description: limitsText(plot), width, height, option },
    colors: rows.map(({ line }) => line.color),
    table: [["", ...legendTitles(legend)], ...rows.map(({ line, values }) => [line.name, ...values])],
  };
}

const none: Picture = { colors: [], table: [] };
/** A picture that says why there is nothing to see. */
export const noPicture = (missing: string): Picture => ({ ...none, missing });
const isShown = ({ config }: ShownField) => config.custom?.hidden !== true;
const textsOf = (field: ShownField) =>
  field.values
    .slice(0, MOST_ROWS)
    .map((value) => textOf(display(value, { type: field.type, config: field.config, zone: ZONE })));

/** What a panel shows of the records of a question. */
export function pictureOf(panel: Panel, question: Question, size: Size): Picture {
  const data = panelData(panel, question);
  if (data.error !== undefined) return noPicture(data.error);
  const [frame] = data.frames;
  if (!frame || holdNothing(data.frames)) return noPicture(String(panel.fieldConfig.defaults.noValue ?? "—"));
  if (panel.type === "timeseries") return chartPicture(panel, data.frames, { ...size, range: question.range });
  if (panel.type === "table") {
    const fields = frame.fields.filter(isShown);
    const columns = fields.map(textsOf);
    const rows = Array.from({ length: Math.min(MOST_ROWS, columns[0]?.length ?? 0) }, (_, row) =>
      columns.map((column) => column[row] ?? ""),
    );
    return { ...none, table: [fields.map(({ name }) => name), ...rows] };
  }
  if (panel.type !== "stat" && panel.type !== "bargauge") return noPicture(`${panel.type} ?`);
  const values = singles(panel, data.frames, { zone: ZONE }).map(({ name, shown }) => [name, textOf(shown)]);
  return { ...none, table: [["", ""], ...values] };
}

const key = (color: string | undefined): Html => {
  if (color === undefined) return nothing;
  const square = html`<rect width="1" height="1" fill="${color}"/>`;
  return html`<svg class="key" viewBox="0 0 1 1" aria-hidden="true">${square}</svg>`;
};

/** A picture on a page; `id` is its own there. */
export const pictureHtml = ({ chart, colors, table, missing }: Picture, id: string): Html => {
  const note = missing === undefined ? nothing : html`<p class="none">${missing}</p>`;
  const [head = [], ...lines] = table;
  const rows = lines.map(([name = "", ...texts], row): TableRow => [html`${key(colors[row])}${name}`, ...texts]);
  const shown = rows.length > 0 ? tableHtml({ head, rows }) : nothing;
  return html`${note}${chart ? figure(chart, id) : nothing}${shown}`;
};

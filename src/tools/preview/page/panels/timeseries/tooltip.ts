import { display } from "../../../../../view/display.ts";
import { moment, textOf } from "../../../../../view/format.ts";
import type { Line, Plot } from "../../../../../view/plot.ts";
import { el } from "../../dom.ts";
import type { Drawn } from "../context.ts";

type Pointed = Readonly<{ time: number; sort: string; isHidden: (line: Line) => boolean }>;
type Row = Readonly<{ line: Line; value: number }>;

/** The time of a point that is nearest to a moment. */
function nearest({ lines }: Plot, time: number): number | undefined {
  let best: number | undefined;
  for (const { points } of lines)
    for (const [at, value] of points)
      if (value !== null && (best === undefined || Math.abs(at - time) < Math.abs(best - time))) best = at;
  return best;
}

function rowsAt({ lines }: Plot, at: number | undefined, { sort, isHidden }: Pointed): readonly Row[] {
  const rows = lines
    .filter((line) => !isHidden(line))
    .flatMap((line): Row[] => {
      const value = line.points.find(([one]) => one === at)?.[1];
      return value === null || value === undefined ? [] : [{ line, value }];
    });
  if (sort === "desc") rows.sort((a, b) => b.value - a.value);
  if (sort === "asc") rows.sort((a, b) => a.value - b.value);
  return rows;
}

const rowOf = ({ line, value }: Row) =>
  el(
    "tr",
    {},
    el("td", {}, el("span", { class: "swatch", style: `background:${line.color}` }), line.name),
    el("td", { class: "number" }, textOf(display(value, { type: "number", config: line.field.config }))),
  );

const MOST_EVENTS = 5;
const NEAR = 1 / 100;

/** The values of every series nearest to a moment, and the events there. */
export function tooltipOf({ zone, events, data: { range } }: Drawn, plot: Plot, pointed: Pointed): HTMLElement {
  const at = nearest(plot, pointed.time);
  const near = (range.to - range.from) * NEAR;
  const notes = events
    .filter(({ enabled }) => enabled)
    .flatMap(({ events: all }) => all.filter(({ time }) => Math.abs(time - pointed.time) < near))
    .slice(0, MOST_EVENTS)
    .map(({ title, time, text }) =>
      el("p", { class: "event" }, el("strong", {}, title), el("br"), moment(time, zone), el("br"), text),
    );
  const when = at === undefined ? null : el("strong", {}, moment(at, zone));
  return el("div", { class: "tip" }, when, el("table", {}, ...rowsAt(plot, at, pointed).map(rowOf)), ...notes);
}

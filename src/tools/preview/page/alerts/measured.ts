import type { Comparison } from "../../../../alerting/condition.ts";
import { written } from "../../../../view/format.ts";
import type { ShownInstance, ShownRule } from "../../alerts/view.ts";
import type { Range } from "../api.ts";
import { el } from "../dom.ts";

const WIDTH = 1000;
const HEIGHT = 60;
const HEADROOM = 1.1;
const SVG = "http://www.w3.org/2000/svg";
function svg(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

type Points = ShownInstance["values"][number];
const numbersOf = (points: Points) => points.flatMap(([, value]) => (value === null ? [] : [value]));

/** The measured values as a line, which is broken where nothing was measured, and a line at each limit. */
function drawing(points: Points, limits: readonly number[], range: Range): SVGElement {
  const most = Math.max(0, ...limits, ...numbersOf(points)) * HEADROOM || 1;
  const x = (time: number) => (((time - range.from) / (range.to - range.from)) * WIDTH).toFixed(1);
  const y = (value: number) => (HEIGHT - (Math.max(0, value) / most) * HEIGHT).toFixed(1);
  let pen = "M";
  let path = "";
  for (const [time, value] of points) {
    if (value !== null) path += `${pen}${x(time)} ${y(value)}`;
    pen = value === null ? "M" : "L";
  }
  const view = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" };
  const chart = svg("svg", view);
  for (const limit of limits)
    chart.append(svg("line", { x1: 0, x2: WIDTH, y1: y(limit), y2: y(limit), class: "limit" }));
  chart.append(svg("path", { d: path || "M0 0", class: "value" }));
  return chart;
}

/** A rule such as "more than 0" asks whether there is a value at all. */
const isPresence = ({ type, limits }: Pick<Comparison, "type" | "limits">) =>
  type === "gt" && limits.every((limit) => limit === 0);

type Values = Readonly<{ points: Points; now: number | null }>;
/** The values in words: now, the one nearest to firing, and the limit. */
function inWords({ limits, unit, name, type }: Comparison, { points, now }: Values): string {
  const values = numbersOf(points);
  const withUnit = (value: number) => written(value, unit);
  const isFloor = type.startsWith("lt");
  const extreme = () =>
    isFloor ? `au moins ${withUnit(Math.min(...values))}` : `au plus ${withUnit(Math.max(...values))}`;
  const worst = values.length > 0 ? extreme() : "aucune valeur sur la période";
  const here = now === null ? "rien maintenant" : `${withUnit(now)} maintenant`;
  const limit = isPresence({ type, limits }) ? "toute valeur déclenche" : `seuil ${limits.map(withUnit).join(" et ")}`;
  return `${name === "la valeur" ? "Mesuré" : name} : ${here}, ${worst} ; ${limit}`;
}

/** The measured values of an instance above its states. */
export const measured = ({ comparisons }: ShownRule, instance: ShownInstance, range: Range): readonly HTMLElement[] =>
  comparisons.map((comparison, index) => {
    const points = instance.values[index]!;
    const now = instance.now[index] ?? null;
    const about = { class: "measured", "data-ref": comparison.refId, "data-now": now ?? "" };
    const words = el("figcaption", {}, inWords(comparison, { points, now }));
    return el(
      "figure",
      about,
      drawing(points, isPresence(comparison) ? [] : comparison.limits, range) as unknown as Node,
      words,
    );
  });

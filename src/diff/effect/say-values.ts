import type { Series } from "../../proof/values.ts";
import { sortedLabels } from "../../proof/values.ts";
import { equal, type Json } from "../json.ts";
import { byText } from "../order.ts";
import { inUnit } from "../words.ts";
import type { Answer } from "./answers.ts";

type Sides<T> = Readonly<{ from: T; to: T }>;
type Values = ReadonlyMap<string, number>;
type Measure = Readonly<{ what: string; of: (values: readonly number[]) => number; counts?: boolean }>;

const MOST_SERIES = 5;
const LAST: Measure = { what: "last value", of: (values) => values.at(-1)! };
const INSTANT: readonly Measure[] = [{ ...LAST, what: "value" }];
/** Of a curve, the first of these that differs is told. */
const RANGE: readonly Measure[] = [
  { what: "largest value", of: (values) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) },
  LAST,
  { what: "number of points", of: (values) => values.length, counts: true },
  { what: "mean value", of: (values) => values.reduce((a, b) => a + b, 0) / values.length },
];

const pointsOf = ({ points }: Series): readonly number[] => points.map(([, value]) => value ?? Number.NaN);
const nameOf = ({ labels }: Series): string => Object.values(sortedLabels(labels)).join("/");
const namesOf = (series: readonly Series[]): readonly string[] => [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].sort(byText);
const seriesBy = (series: readonly Series[]): string =>
  namesOf(series).length > 0 ? `${series.length} by ${namesOf(series).join(", ")}` : `${series.length} without labels`;

/** Both values with as few digits, from four, as it takes to tell them apart; undefined when they read the same. */
function apart(before: number | undefined, after: number | undefined, units: Sides<string | undefined>): string | undefined {
  const said = (value: number | undefined, digits: number, unit: string | undefined) =>
    value === undefined ? "none" : Number.isFinite(value) ? inUnit(Number(value.toPrecision(digits)), unit) : String(value);
  for (let digits = 4; digits <= 9; digits++) {
    const [old, next] = [said(before, digits, units.from), said(after, digits, units.to)];
    if (old !== next) return `${old} → ${next}`;
  }
  return undefined;
}

function byMeasure(sides: Sides<readonly Series[]>, measures: readonly Measure[], units: Sides<string | undefined>, of: string): readonly string[] {
  const values = (series: readonly Series[], measure: Measure): Values => new Map(series.map((one) => [nameOf(one), measure.of(pointsOf(one))]));
  const told = new Set<string>();
  return measures.flatMap((measure) => {
    const [before, after] = [values(sides.from, measure), values(sides.to, measure)];
    const names = [...new Set([...before.keys(), ...after.keys()])].sort(byText).filter((name) => !told.has(name));
    const alone = before.size <= 1 && after.size <= 1;
    const changes = names.flatMap((name) => {
      const change = apart(before.get(name), after.get(name), measure.counts ? { from: undefined, to: undefined } : units);
      if (change === undefined) return [];
      told.add(name);
      return [alone && name === "" ? change : `${name || "total"} ${change}`];
    });
    if (changes.length === 0) return [];
    const left = changes.length - MOST_SERIES;
    return [`${measure.what}${of} on the sample: ${changes.slice(0, MOST_SERIES).join(", ")}${left > 0 ? ` and ${left} more` : ""}`];
  });
}

/** Says how two answers of one query differ; nothing when they read the same. */
export function sayValues(name: string, { from, to }: Sides<Answer>, units: Sides<string | undefined>): readonly string[] {
  const of = name === "" ? "" : ` of ${name}`;
  const count = (answer: Answer) => (answer.kind === "lines" ? `${answer.lines.length} lines` : `${answer.series.length} series`);
  if (from.kind === "lines" && to.kind === "lines") {
    if (from.lines.length !== to.lines.length) return [`lines${of} on the sample: ${from.lines.length} → ${to.lines.length}`];
    const same = equal([...from.lines].sort(byText) as Json, [...to.lines].sort(byText) as Json);
    return same ? [] : [`as many lines${of} on the sample (${to.lines.length}), with other labels or text`];
  }
  if (from.kind === "lines" || to.kind === "lines") return [`answer${of} on the sample: ${count(from)} → ${count(to)}`];
  if (from.series.length > 0 && to.series.length > 0 && !equal(namesOf(from.series) as Json, namesOf(to.series) as Json))
    return [`series${of} on the sample: ${seriesBy(from.series)} → ${seriesBy(to.series)}`];
  const measures = from.kind === "instant" && to.kind === "instant" ? INSTANT : RANGE;
  return byMeasure({ from: from.series, to: to.series }, measures, units, of);
}

import type { Series } from "../../../alerting/values.ts";
import { sortedLabels } from "../../../alerting/values.ts";
import { byText } from "../../../core/order.ts";
import { equal, type Json } from "../json.ts";
import { inUnit } from "../words.ts";
import type { Answer } from "./answers.ts";

type Sides<T> = Readonly<{ from: T; to: T }>;
type Values = ReadonlyMap<string, number>;
type Measure = Readonly<{ what: string; of: (values: readonly number[]) => number; counts?: boolean }>;

const MOST_SERIES = 5;
const LAST: Measure = { what: "last value", of: (values) => values.at(-1)! };
const INSTANT: readonly Measure[] = [{ ...LAST, what: "value" }];
/** Of curves, the first of these in which any differs is told. */
const RANGE: readonly Measure[] = [
  { what: "largest value", of: (values) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) },
  LAST,
  { what: "number of points", of: (values) => values.length, counts: true },
];

const pointsOf = ({ points }: Series): readonly number[] => points.map(([, value]) => value ?? Number.NaN);
const nameOf = ({ labels }: Series): string => Object.values(sortedLabels(labels)).join("/");
const namesOf = (series: readonly Series[]): readonly string[] =>
  [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].sort(byText);
const seriesBy = (series: readonly Series[]): string =>
  namesOf(series).length > 0 ? `${series.length} by ${namesOf(series).join(", ")}` : `${series.length} without labels`;

/** Both values with as few digits, from four, as it takes to tell them apart; undefined when they read the same. */
function apart(
  before: number | undefined,
  after: number | undefined,
  units: Sides<string | undefined>,
): string | undefined {
  const said = (value: number | undefined, digits: number, unit: string | undefined) =>
    value === undefined
      ? "none"
      : Number.isFinite(value)
        ? inUnit(Number(value.toPrecision(digits)), unit)
        : String(value);
  for (let digits = 4; digits <= 9; digits++) {
    const [old, next] = [said(before, digits, units.from), said(after, digits, units.to)];
    if (old !== next) return `${old} → ${next}`;
  }
  return undefined;
}

type Told = Readonly<{ name: string; change: string }>;

/** The series whose measure reads otherwise than before. */
function changesOf(
  { from, to }: Sides<readonly Series[]>,
  { of, counts = false }: Measure,
  units: Sides<string | undefined>,
): readonly Told[] {
  const values = (series: readonly Series[]): Values => new Map(series.map((one) => [nameOf(one), of(pointsOf(one))]));
  const [before, after] = [values(from), values(to)];
  return [...new Set([...before.keys(), ...after.keys()])].sort(byText).flatMap((name) => {
    const change = apart(before.get(name), after.get(name), counts ? { from: undefined, to: undefined } : units);
    return change === undefined ? [] : [{ name, change }];
  });
}

/** The series of both answers that have other points, whatever their measures say. */
function reshaped({ from, to }: Sides<readonly Series[]>): readonly string[] {
  const before = new Map(from.map((one) => [nameOf(one), one.points]));
  return to.filter((one) => !equal((before.get(nameOf(one)) ?? []) as Json, one.points as Json)).map(nameOf);
}

type Saying = Readonly<{ measures: readonly Measure[]; units: Sides<string | undefined>; of: string; place: string }>;

function saySeries(sides: Sides<readonly Series[]>, { measures, units, of, place }: Saying): readonly string[] {
  const alone = [...sides.from, ...sides.to].every(({ labels }) => Object.keys(labels).length === 0);
  const curves = measures === RANGE ? reshaped(sides) : [];
  for (const measure of measures) {
    const changes = changesOf(sides, measure, units);
    if (changes.length === 0) continue;
    const shown = changes
      .slice(0, MOST_SERIES)
      .map(({ name, change }) => (alone ? change : `${name || "total"} ${change}`));
    const left = changes.length - shown.length;
    const others = curves.filter((name) => !changes.some((change) => change.name === name)).length;
    const more = `${left > 0 ? ` and ${left} more` : ""}${others > 0 ? `; other points of ${others} more` : ""}`;
    return [`${measure.what}${of} on ${place}: ${shown.join(", ")}${more}`];
  }
  return curves.length > 0
    ? [`other points${of} on ${place}, with the same largest and last ones (${curves.length} series)`]
    : [];
}

/** Says how two answers of one query differ, and over which records; nothing when they read the same. */
export function sayValues(
  name: string,
  { from, to }: Sides<Answer>,
  { units, place }: Readonly<{ units: Sides<string | undefined>; place: string }>,
): readonly string[] {
  const of = name === "" ? "" : ` of ${name}`;
  const count = (answer: Answer) =>
    answer.kind === "lines"
      ? `${answer.lines.length} line${answer.lines.length === 1 ? "" : "s"}`
      : `${answer.series.length} series`;
  if (from.kind === "lines" && to.kind === "lines") {
    if (from.lines.length !== to.lines.length)
      return [`lines${of} on ${place}: ${from.lines.length} → ${to.lines.length}`];
    const same = equal([...from.lines].sort(byText) as Json, [...to.lines].sort(byText) as Json);
    return same ? [] : [`as many lines${of} on ${place} (${to.lines.length}), with other labels or text`];
  }
  if (from.kind === "lines" || to.kind === "lines") return [`answer${of} on ${place}: ${count(from)} → ${count(to)}`];
  if (
    from.series.length > 0 &&
    to.series.length > 0 &&
    !equal(namesOf(from.series) as Json, namesOf(to.series) as Json)
  )
    return [`series${of} on ${place}: ${seriesBy(from.series)} → ${seriesBy(to.series)}`];
  const measures = from.kind === "instant" && to.kind === "instant" ? INSTANT : RANGE;
  return saySeries({ from: from.series, to: to.series }, { measures, units, of, place });
}

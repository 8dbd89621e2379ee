import type { Series } from "../../../alerting/values.ts";
import { inUnit } from "../../../core/grafana-units.ts";
import { largest } from "../../../core/numbers.ts";
import { byText } from "../../../core/order.ts";
import { plural } from "../../../core/printable.ts";
import { sortedLabels } from "../../../logql/evaluate/labels.ts";
import type { Pairing } from "../compare/match.ts";
import { equal } from "../json.ts";

/** What a query says of some records: lines, or series, each with all its points. */
export type Answer =
  | Readonly<{ kind: "lines"; lines: readonly string[] }>
  | Readonly<{ kind: "instant" | "range"; series: readonly Series[] }>;

type Units = Pairing<string | undefined>;
type Measure = Readonly<{ what: string; of: (values: readonly number[]) => number; counts?: boolean }>;

const MOST_SERIES = 5;
const LAST: Measure = { what: "last value", of: (values) => values.at(-1)! };
const INSTANT: readonly Measure[] = [{ ...LAST, what: "value" }];
/** Of curves, the first of these in which any differs is told. */
const RANGE: readonly Measure[] = [
  { what: "largest value", of: (values) => largest(values) },
  LAST,
  { what: "number of points", of: (values) => values.length, counts: true },
];

const nameOf = ({ labels }: Series): string => Object.values(sortedLabels(labels)).join("/");
const labelsOf = (series: readonly Series[]): string =>
  [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].sort(byText).join(", ");
const seriesBy = (series: readonly Series[]): string =>
  `${series.length} ${labelsOf(series) === "" ? "without labels" : `by ${labelsOf(series)}`}`;

type Writing = Readonly<{ digits: number; unit: string | undefined }>;
function valueText(value: number | undefined, { digits, unit }: Writing): string {
  if (value === undefined) return "none";
  return Number.isFinite(value) ? inUnit(Number(value.toPrecision(digits)), unit) : String(value);
}
/** Both values with as few digits, from four, as it takes to tell them apart; undefined when they read the same. */
function apart(before: number | undefined, after: number | undefined, units: Units): string | undefined {
  for (let digits = 4; digits <= 9; digits++) {
    const [old, next] = [valueText(before, { digits, unit: units.from }), valueText(after, { digits, unit: units.to })];
    if (old !== next) return `${old} → ${next}`;
  }
  return undefined;
}

/** The series whose measure reads otherwise than before, by name. */
function changesOf({ from, to }: Pairing<readonly Series[]>, { of, counts }: Measure, units: Units) {
  const values = (series: readonly Series[]) =>
    new Map(series.map((one) => [nameOf(one), of(one.points.map(([, value]) => value ?? Number.NaN))]));
  const [before, after] = [values(from), values(to)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort(byText);
  return names.flatMap((name) => {
    const change = apart(before.get(name), after.get(name), counts ? { from: undefined, to: undefined } : units);
    return change === undefined ? [] : [{ name, change }];
  });
}

/** The series of both answers that have other points, whatever their measures say. */
function reshaped({ from, to }: Pairing<readonly Series[]>): readonly string[] {
  const before = new Map(from.map((one) => [nameOf(one), one.points]));
  return to.filter((one) => !equal(before.get(nameOf(one)) ?? [], one.points)).map(nameOf);
}

type Saying = Readonly<{ measures: readonly Measure[]; units: Units; where: string }>;

function saySeries(sides: Pairing<readonly Series[]>, { measures, units, where }: Saying): readonly string[] {
  const isAlone = [...sides.from, ...sides.to].every(({ labels }) => Object.keys(labels).length === 0);
  const curves = measures === RANGE ? reshaped(sides) : [];
  for (const measure of measures) {
    const changes = changesOf(sides, measure, units);
    if (changes.length === 0) continue;
    const shown = changes
      .slice(0, MOST_SERIES)
      .map(({ name, change }) => (isAlone ? change : `${name || "total"} ${change}`));
    const left = changes.length - shown.length;
    const others = curves.filter((name) => !changes.some((change) => change.name === name)).length;
    const more = left > 0 ? ` and ${left} more` : "";
    const points = others > 0 ? `; other points of ${others} more` : "";
    return [`${measure.what}${where}: ${shown.join(", ")}${more}${points}`];
  }
  if (curves.length === 0) return [];
  return [`other points${where}, with the same largest and last ones (${curves.length} series)`];
}

const count = (answer: Answer) =>
  answer.kind === "lines" ? plural(answer.lines.length, "line") : `${answer.series.length} series`;

/** Says how two answers of one query differ, and over which records; nothing when they read the same. */
export function sayValues(
  name: string,
  { from, to }: Pairing<Answer>,
  { units, place }: Readonly<{ units: Units; place: string }>,
): readonly string[] {
  const where = `${name === "" ? "" : ` of ${name}`} on ${place}`;
  if (from.kind === "lines" && to.kind === "lines") {
    const [old, next] = [from.lines.toSorted(byText), to.lines.toSorted(byText)];
    if (old.length !== next.length) return [`lines${where}: ${old.length} → ${next.length}`];
    return equal(old, next) ? [] : [`as many lines${where} (${next.length}), with other labels or text`];
  }
  if (from.kind === "lines" || to.kind === "lines") return [`answer${where}: ${count(from)} → ${count(to)}`];
  const sides = { from: from.series, to: to.series };
  const haveSeries = sides.from.length > 0 && sides.to.length > 0;
  if (haveSeries && labelsOf(sides.from) !== labelsOf(sides.to))
    return [`series${where}: ${seriesBy(sides.from)} → ${seriesBy(sides.to)}`];
  const measures = from.kind === "instant" && to.kind === "instant" ? INSTANT : RANGE;
  return saySeries(sides, { measures, units, where });
}

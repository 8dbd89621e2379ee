import type { Metric, Query } from "../ast.ts";
import { EvaluationError } from "../errors.ts";
import type { Streams } from "../streams.ts";
import { keyOf, type Labels } from "./labels.ts";
import { evaluateMetric } from "./metric.ts";
import type { Series } from "./series.ts";

/** One value per series; a scalar is a bare number. */
export type Instant =
  | Readonly<{ type: "vector"; result: readonly Readonly<{ labels: Labels; value: number }>[] }>
  | Readonly<{ type: "scalar"; value: number }>;
type Point = readonly [time: number, value: number];
/** The points of each series, in order of time. */
export type Matrix = Readonly<{
  type: "matrix";
  result: readonly Readonly<{ labels: Labels; points: readonly Point[] }>[];
}>;

/** The value of a metric query at one moment (nanoseconds after the origin). */
export function evaluateInstant(query: Query, streams: Streams, { at }: Readonly<{ at: number }>): Instant {
  const result = evaluateMetric(metricOf(query), { streams, moments: [at] });
  if (result.kind === "scalar") return { type: "scalar", value: result.values[0]! };
  return {
    type: "vector",
    result: result.series.filter(({ has }) => has[0]).map(({ labels, values }) => ({ labels, value: values[0]! })),
  };
}

function metricOf(query: Query): Metric {
  if (query.kind !== "logs") return query;
  throw new EvaluationError(
    "log queries are not supported as an instant query type, please change your query to a range query type",
  );
}

type Range = Readonly<{ start: number; end: number; step: number }>;

const mostPoints = 11_000;

/** Refuses a range as Loki's API does: an end before the start, a step that leads nowhere, too many points. */
export function checkRange({ start, end, step }: Readonly<{ start: number; end: number; step?: number }>): void {
  if (end < start) throw new EvaluationError("end timestamp must not be before or equal to start time");
  if (step === undefined) return;
  if (step <= 0)
    throw new EvaluationError("zero or negative query resolution step widths are not accepted. Try a positive integer");
  if ((end - start) / step > mostPoints)
    throw new EvaluationError(
      "exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter",
    );
}

/** The multiples of the step since 1970, from at or before the start to at or behind the end, as Loki aligns them. */
function momentsOf({ start, end, step }: Range, origin: bigint): readonly number[] {
  const width = BigInt(step);
  const phase = Number(((origin % width) + width) % width);
  const first = Math.floor((start + phase) / step) * step - phase;
  const last = Math.ceil((end + phase) / step) * step - phase;
  return Array.from({ length: Math.round((last - first) / step) + 1 }, (_, index) => first + index * step);
}

/** The values of a metric query over a range; times and step in nanoseconds. */
export function evaluateRange(query: Query, streams: Streams, range: Range): Matrix {
  checkStep(range.step);
  const moments = momentsOf(range, streams.origin);
  const result = evaluateMetric(metricOf(query), { streams, moments });
  if (result.kind === "vector") return { type: "matrix", result: joined(result.series, moments) };
  const points = [...result.values].map((value, index): Point => [moments[index]!, value]);
  return { type: "matrix", result: [{ labels: {}, points }] };
}

/** Series of equal labels become one, with the points of both. */
function joined(series: readonly Series[], moments: readonly number[]): Matrix["result"] {
  const byLabels = new Map<string, { labels: Labels; points: Point[] }>();
  for (const one of series) {
    const points = pointsOf(one, moments);
    const key = keyOf(one.labels);
    const series = byLabels.get(key);
    if (series) series.points = [...series.points, ...points].sort(([a], [b]) => a - b);
    else if (points.length > 0) byLabels.set(key, { labels: one.labels, points });
  }
  return [...byLabels.values()];
}

function pointsOf({ values, has }: Series, moments: readonly number[]): Point[] {
  const points: Point[] = [];
  for (let index = 0; index < moments.length; index++) if (has[index]) points.push([moments[index]!, values[index]!]);
  return points;
}

/** Loki writes the step as a duration and reads it again, which fails where it needs a fraction. */
function checkStep(step: number): void {
  const [unit, size] = step >= 1e9 ? (["s", 1e9] as const) : (["ms", 1e6] as const);
  if (step % size !== 0)
    throw new EvaluationError(
      `cannot parse "${step / size}${unit}" to a valid duration: take whole seconds, or whole milliseconds below one`,
    );
}

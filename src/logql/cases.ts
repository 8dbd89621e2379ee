import { collected } from "../core/kept.ts";
import { sortedBy } from "../core/order.ts";
import { EvaluationError, LogqlError } from "./errors.ts";
import { checkRange, evaluateInstant, evaluateRange } from "./evaluate/evaluate.ts";
import { type Labels, printLabels } from "./evaluate/labels.ts";
import { evaluateLogs } from "./evaluate/logs.ts";
import { parse } from "./parse/parse.ts";
import { type Streams, streamsOf } from "./streams.ts";
import { printFloat } from "./units.ts";

/** Streams and questions about them; times are seconds after `t0` (RFC 3339). */
export type CaseFile = Readonly<{
  t0: string;
  streams: readonly Readonly<{ labels: Labels; entries: readonly (readonly [seconds: number, line: string])[] }>[];
  cases: readonly Case[];
}>;
export type Case = Readonly<{ id: string; query: string }> &
  (
    | Readonly<{ kind: "instant"; at: number }>
    | Readonly<{ kind: "range"; start: number; end: number; step: number }>
    | Readonly<{ kind: "log"; start: number; end: number; limit: number; direction: "forward" | "backward" }>
  );

type Points = readonly [Labels, readonly (readonly [time: number, text: string])[]];
/** What Loki's API would answer: values as text, times in seconds after `t0`. */
export type Answer =
  | Readonly<{ type: "vector"; result: readonly (readonly [Labels, string])[] }>
  | Readonly<{ type: "scalar"; result: string }>
  | Readonly<{ type: "matrix"; result: readonly Points[] }>
  | Readonly<{ type: "streams"; result: readonly Points[] }>
  | Readonly<{ type: "error"; status: 400; message: string }>;

const nanoseconds = (seconds: number) => Math.round(seconds * 1e9);
const seconds = (nanos: number) => nanos / 1e9;

export function streamsOfFile({ t0, streams }: CaseFile): Streams {
  const parts = streams.map(({ labels, entries }) => ({
    labels,
    entries: entries.map(([at, line]) => [nanoseconds(at), line] as const),
  }));
  return streamsOf(BigInt(Date.parse(t0)) * 1_000_000n, parts);
}

/** The answer to one case; a query that Loki refuses is an answer too. */
export function answer(one: Case, streams: Streams): Answer {
  try {
    return answered(one, streams);
  } catch (error) {
    if (error instanceof LogqlError || error instanceof EvaluationError)
      return { type: "error", status: 400, message: error.message };
    throw error;
  }
}

function answered(one: Case, streams: Streams): Answer {
  const query = parse(one.query);
  if (one.kind === "log") {
    if (query.kind !== "logs")
      throw new EvaluationError("a metric query gives no lines: ask it as an instant or over a range");
    const { limit, direction } = one;
    const span = { start: nanoseconds(one.start), end: nanoseconds(one.end) };
    checkRange(span);
    if (limit <= 0) throw new EvaluationError("limit must be a positive value");
    const lines = evaluateLogs(query, streams, { ...span, limit, direction });
    const byLabels = collected<string, [Labels, (readonly [number, string])[]]>();
    for (const { labels, time, line } of lines)
      byLabels.of(printLabels(labels), () => [labels, []])[1].push([seconds(time), line]);
    return { type: "streams", result: sortedBy([...byLabels.all], ([key]) => key).map(([, stream]) => stream) };
  }
  if (one.kind === "instant") {
    const instant = evaluateInstant(query, streams, { at: nanoseconds(one.at) });
    if (instant.type === "scalar") return { type: "scalar", result: printFloat(instant.value) };
    return { type: "vector", result: instant.result.map(({ labels, value }) => [labels, printFloat(value)] as const) };
  }
  const range = { start: nanoseconds(one.start), end: nanoseconds(one.end), step: nanoseconds(one.step) };
  checkRange(range);
  const { result } = evaluateRange(query, streams, range);
  const shown = ([at, value]: readonly [number, number]) => [seconds(at), printFloat(value)] as const;
  return { type: "matrix", result: result.map(({ labels, points }) => [labels, points.map(shown)]) };
}

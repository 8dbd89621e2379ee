import { collected } from "../../core/kept.ts";
import { sortedBy } from "../../core/order.ts";
import type { Instant, Matrix } from "../evaluate/evaluate.ts";
import { keyOf, type Labels, sortedLabels } from "../evaluate/labels.ts";
import type { LogLine } from "../evaluate/logs.ts";
import { printFloat } from "../units.ts";
import { type Answer, data } from "./answer.ts";

/** Grafana looks for statistics; the store takes none. */
const stats = {
  summary: {
    bytesProcessedPerSecond: 0,
    linesProcessedPerSecond: 0,
    totalBytesProcessed: 0,
    totalLinesProcessed: 0,
    execTime: 0,
    queueTime: 0,
  },
};

const success = (result: Readonly<Record<string, unknown>>): Answer =>
  data({ status: "success", data: { ...result, stats } });

/** Writes times, given in nanoseconds after the origin, in seconds since 1970. */
const clockOf = (origin: bigint) => (time: number) => Number((origin + BigInt(Math.round(time))) / 1_000_000n) / 1000;

export function instantAnswer(instant: Instant, { origin, at }: Readonly<{ origin: bigint; at: number }>): Answer {
  const time = clockOf(origin)(at);
  if (instant.type === "scalar") return success({ resultType: "scalar", result: [time, printFloat(instant.value)] });
  return success({
    resultType: "vector",
    result: instant.result.map(({ labels, value }) => ({
      metric: sortedLabels(labels),
      value: [time, printFloat(value)],
    })),
  });
}

export function matrixAnswer({ result }: Matrix, origin: bigint): Answer {
  const seconds = clockOf(origin);
  return success({
    resultType: "matrix",
    result: result.map(({ labels, points }) => ({
      metric: sortedLabels(labels),
      values: points.map(([time, value]) => [seconds(time), printFloat(value)]),
    })),
  });
}

type Value = readonly [time: string, line: string, labels?: Readonly<{ parsed?: Labels }>];

/** Lines by labels; `categorize`: by those still their stream's, with what stages read or changed beside each line. */
export function linesAnswer(
  lines: readonly LogLine[],
  { origin, categorize }: Readonly<{ origin: bigint; categorize: boolean }>,
): Answer {
  const streams = collected<string, { stream: Labels; values: Value[] }>();
  for (const { time, line, labels, stream: before } of lines) {
    const { kept, parsed } = categorize ? parted(labels, before) : { kept: labels, parsed: {} };
    const stream = streams.of(keyOf(kept), () => ({ stream: sortedLabels(kept), values: [] }));
    const moment = String(origin + BigInt(time));
    stream.values.push(categorize ? [moment, line, parsed] : [moment, line]);
  }
  const result = sortedBy([...streams.all], ([key]) => key).map(([, stream]) => stream);
  return success({ resultType: "streams", ...(categorize && { encodingFlags: ["categorize-labels"] }), result });
}

function parted(labels: Labels, stream: Labels): Readonly<{ kept: Labels; parsed: Readonly<{ parsed?: Labels }> }> {
  if (labels === stream) return { kept: stream, parsed: {} };
  const isKept = ([name, value]: readonly [string, string]) => stream[name] === value;
  const entries = Object.entries(labels);
  const read = entries.filter((entry) => !isKept(entry));
  return {
    kept: Object.fromEntries(entries.filter(isKept)),
    parsed: read.length === 0 ? {} : { parsed: sortedLabels(Object.fromEntries(read)) },
  };
}

import { type Grouping, type RangeAggregation, unwrapOf } from "../ast.ts";
import { printLogs } from "../print-logs.ts";
import { firstAfter, type Streams, select } from "../streams.ts";
import { collector } from "./collector.ts";
import { readers } from "./filters.ts";
import { hintsFor } from "./hints.ts";
import { type LineLabels, lineLabels } from "./labels.ts";
import type { Samples } from "./series.ts";
import { pipelineOf } from "./stages.ts";
import { fail } from "./step.ts";
import { wantedBy } from "./wanted.ts";

/** The number of a line, or undefined where it has none. */
type Value = (line: string, labels: LineLabels) => number | undefined;

const bytesFunctions = new Set(["bytes_over_time", "bytes_rate"]);

function sampleValue({ fn, logs }: RangeAggregation): Value {
  const unwrap = unwrapOf(logs);
  if (!unwrap) return bytesFunctions.has(fn) ? (line) => Buffer.byteLength(line) : () => 1;
  const { label, conversion = "number" } = unwrap;
  const isDuration = conversion === "duration" || conversion === "duration_seconds";
  const { read, fault } = readers[isDuration ? "duration" : conversion];
  const scale = isDuration ? 1e9 : 1;
  return (_line, labels) => {
    const text = labels.get(label);
    if (text === undefined || text === "") return undefined;
    const value = read(text);
    if (value === undefined) fail(labels, "SampleExtractionErr", { details: fault(text) });
    return (value ?? 0) / scale;
  };
}

/** Functions that look at the order of samples even within one window. */
const ordered = new Set(["first_over_time", "last_over_time", "rate_counter"]);

type Span = Readonly<{ from: number; to: number; grouping: Grouping | undefined; atOnce: boolean }>;

/** All that decides of the samples: functions that look at them in the same way share them. */
function keyOfRead({ fn, logs }: RangeAggregation, { from, to, grouping, atOnce }: Span): string {
  const looks = [fn === "absent_over_time", bytesFunctions.has(fn), ordered.has(fn), atOnce];
  return JSON.stringify([printLogs(logs), grouping?.kind, grouping?.labels, from, to, ...looks]);
}

/** The samples of a range aggregation, of lines in (from, to], as series: grouped, or by all labels that a line has. */
export function samplesOf(aggregation: RangeAggregation, streams: Streams, span: Span): readonly Samples[] {
  if (!streams.read) return readSamples(aggregation, streams, span);
  const key = keyOfRead(aggregation, span);
  const samples = streams.read.get(key) ?? readSamples(aggregation, streams, span);
  streams.read.set(key, samples);
  return samples;
}

function readSamples(
  aggregation: RangeAggregation,
  streams: Streams,
  { from, to, grouping, atOnce }: Span,
): readonly Samples[] {
  const { stages, matchers } = aggregation.logs;
  const hints = hintsFor(wantedBy(aggregation, grouping));
  let time = 0;
  const clock = { nanoseconds: () => streams.origin + BigInt(Math.round(time)) };
  const cut = stages.findIndex(({ kind }) => kind === "unwrap");
  const before = pipelineOf(cut < 0 ? stages : stages.slice(0, cut), { hints, clock });
  const after = pipelineOf(cut < 0 ? [] : stages.slice(cut), { hints, clock });
  const value = sampleValue(aggregation);
  const labels = lineLabels("metric");
  const { seriesIn, all } = collector(aggregation, { grouping, keepsErrors: hints.keepsErrors });
  for (const stream of select(streams, matchers)) {
    const seriesHere = seriesIn(stream);
    const end = firstAfter(stream.times, to);
    for (let i = firstAfter(stream.times, from); i < end; i++) {
      time = stream.times[i]!;
      labels.start(stream.labels);
      hints.start();
      const line = before(stream.lines[i]!, labels);
      if (line === undefined) continue;
      const sample = value(line, labels);
      if (sample === undefined || after(line, labels) === undefined) continue;
      const series = seriesHere(labels);
      series.times.push(time);
      series.values.push(sample);
    }
  }
  return atOnce && !ordered.has(aggregation.fn) ? all() : all().map(inOrder);
}

/** Series that came from several streams are put in order of time. */
function inOrder(series: Samples): Samples {
  const { times, values } = series;
  if (times.every((time, index) => index === 0 || times[index - 1]! <= time)) return series;
  const order = times.map((_, index) => index).sort((a, b) => times[a]! - times[b]! || a - b);
  return { ...series, times: order.map((index) => times[index]!), values: order.map((index) => values[index]!) };
}

import { collected } from "../../core/kept.ts";
import type { Grouping, RangeAggregation, Stage } from "../ast.ts";
import { printLogs } from "../print-logs.ts";
import { firstAfter, type Stream, type Streams, select } from "../streams.ts";
import { readers } from "./filters.ts";
import { hintsFor } from "./hints.ts";
import { keyOf, type Labels, type LineLabels, lineLabels } from "./labels.ts";
import { fail } from "./parsers.ts";
import { pipelineOf } from "./stages.ts";
import { wantedBy } from "./wanted.ts";

/** The samples of one series in order of time; `failed` where a line broke a stage and nobody asked for its error. */
export type Samples = { labels: Labels; times: number[]; values: number[]; failed: boolean };

/** The number of a line, or undefined where it has none. */
type Value = (line: string, labels: LineLabels) => number | undefined;

const bytesFunctions = new Set(["bytes_over_time", "bytes_rate"]);

function sampleValue({ fn, logs: { stages } }: RangeAggregation): Value {
  const unwrap = stages.find((stage) => stage.kind === "unwrap");
  if (!unwrap) return bytesFunctions.has(fn) ? (line) => Buffer.byteLength(line) : () => 1;
  const { label, conversion = "number" } = unwrap;
  const isDuration = conversion === "duration" || conversion === "duration_seconds";
  const { read, fault } = readers[isDuration ? "duration" : conversion];
  const scale = isDuration ? 1e9 : 1;
  return (_line, labels) => {
    const text = labels.get(label);
    if (text === undefined || text === "") return undefined;
    const value = read(text);
    if (value === undefined) fail(labels, "SampleExtractionErr", fault(text));
    return (value ?? 0) / scale;
  };
}

/** Functions that look at the order of samples even within one window. */
const ordered = new Set(["first_over_time", "last_over_time", "rate_counter"]);

/** The samples that were read of streams, by all that decides of them. */
export type SamplesRead = Map<string, readonly Samples[]>;
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
  const collect = collector(aggregation, { grouping, keepsErrors: hints.keepsErrors });
  for (const stream of select(streams, matchers)) {
    const seriesHere = collect(stream);
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
  return atOnce && !ordered.has(aggregation.fn) ? collect.all() : collect.all().map(inOrder);
}

/** Labels that stages may change although the stream has them. */
function changedBy(stages: readonly Stage[]): (name: string) => boolean {
  const names = new Set<string>();
  let keeps = false;
  for (const stage of stages) {
    if (stage.kind === "labelFormat")
      for (const format of stage.formats)
        for (const name of [format.name, "from" in format ? format.from : format.name]) names.add(name);
    if (stage.kind === "drop")
      for (const choice of stage.labels) names.add(typeof choice === "string" ? choice : choice.label);
    keeps ||= stage.kind === "keep";
  }
  return (name) => keeps || names.has(name);
}

type Collecting = Readonly<{ grouping: Grouping | undefined; keepsErrors: boolean }>;
function collector({ logs: { stages }, fn }: RangeAggregation, { grouping, keepsErrors }: Collecting) {
  const { all, of } = collected<string, Samples>();
  const changed = changedBy(stages);
  const unwrapped = stages.find((stage) => stage.kind === "unwrap")?.label;
  const labelsBy = grouping?.kind === "by" ? grouping.labels : undefined;
  const by = fn === "absent_over_time" ? [] : labelsBy;
  const without = new Set([
    ...(grouping?.kind === "without" ? grouping.labels : []),
    ...(unwrapped === undefined ? [] : [unwrapped]),
  ]);
  const seriesOf = (labels: Labels, failed: boolean): Samples =>
    of(keyOf(labels), () => ({ labels, times: [], values: [], failed }));
  const grouped = (labels: LineLabels): Labels => {
    const result: Record<string, string> = {};
    if (by) {
      for (const name of by) {
        const text = labels.get(name);
        if (text !== undefined) result[name] = text;
      }
      return result;
    }
    const whole = labels.all();
    for (const name in whole) if (!without.has(name)) result[name] = whole[name]!;
    return result;
  };
  const collect = ({ labels: own }: Stream) => {
    const fixed = by?.every((name) => Object.hasOwn(own, name) && !changed(name)) ?? false;
    let plain: Samples | undefined;
    return (labels: LineLabels): Samples => {
      const touched = labels.changed();
      if (touched && (labels.get("__error__") ?? "") !== "") return seriesOf(labels.all(), !keepsErrors);
      if (!fixed && touched) return seriesOf(grouped(labels), false);
      plain ??= seriesOf(grouped(labels), false);
      return plain;
    };
  };
  return Object.assign(collect, { all: () => [...all.values()] });
}

/** Series that came from several streams are put in order of time. */
function inOrder(series: Samples): Samples {
  const { times, values } = series;
  if (times.every((time, index) => index === 0 || times[index - 1]! <= time)) return series;
  const order = times.map((_, index) => index).sort((a, b) => times[a]! - times[b]! || a - b);
  return { ...series, times: order.map((index) => times[index]!), values: order.map((index) => values[index]!) };
}

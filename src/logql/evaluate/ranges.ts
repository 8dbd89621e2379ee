import type { Grouping, RangeAggregation, VectorAggregation } from "../ast.ts";
import { EvaluationError } from "../errors.ts";
import type { WindowFunction } from "../names.ts";
import type { Streams } from "../streams.ts";
import { printLabels } from "./labels.ts";
import { windowFunctions } from "./range-functions.ts";
import { samplesOf } from "./samples.ts";
import { emptySeries, put, type Samples, type Series } from "./series.ts";

/** What an evaluation looks at, and its moments, in nanoseconds after the streams' origin. */
export type Scene = Readonly<{ streams: Streams; moments: readonly number[] }>;

const nanoseconds = (duration: RangeAggregation["window"]): number => {
  if (typeof duration === "number") return duration;
  throw new EvaluationError(`${duration} is a dashboard's variable: fill it in first`);
};

/** The series of a range aggregation at each moment, over the window that ends there. */
export function rangeAggregation(
  aggregation: RangeAggregation,
  scene: Scene,
  { grouping = aggregation.grouping }: Readonly<{ grouping?: Grouping | undefined }> = {},
): readonly Series[] {
  const window = nanoseconds(aggregation.window);
  const offset = nanoseconds(aggregation.offset ?? 0);
  const ends = scene.moments.map((moment) => moment - offset);
  const span = { from: ends[0]! - window, to: ends.at(-1)!, grouping, atOnce: ends.length === 1 };
  const samples = samplesOf(aggregation, scene.streams, span);
  if (aggregation.fn === "absent_over_time") return absent(aggregation, { samples, ends, window });
  return samples.flatMap((series) => windows(aggregation, series, { ends, window }));
}

type Windows = Readonly<{ ends: readonly number[]; window: number }>;

/** Calls back for each moment with the places of its window's samples, where there are any. */
function eachWindow(
  { times, labels, failed }: Samples,
  { ends, window }: Windows,
  found: (moment: number, from: number, to: number) => void,
): void {
  let from = 0;
  let to = 0;
  for (const [moment, end] of ends.entries()) {
    while (to < times.length && times[to]! <= end) to += 1;
    while (from < to && times[from]! <= end - window) from += 1;
    if (from === to) continue;
    if (failed) throw pipelineError(labels);
    found(moment, from, to);
  }
}

function pipelineError(labels: Samples["labels"]): EvaluationError {
  const kind = labels.__error__;
  return new EvaluationError(
    `pipeline error: '${kind}' for series: '${printLabels(labels)}'.\n` +
      `Use a label filter to intentionally skip this error. (e.g | __error__!="${kind}").\n` +
      'To skip all potential errors you can match empty errors.(e.g __error__="")\n' +
      'The label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="" )',
  );
}

function windows({ fn, param }: RangeAggregation, samples: Samples, { ends, window }: Windows): readonly Series[] {
  const compute = windowFunctions[fn as WindowFunction];
  const series = emptySeries(samples.labels, ends.length);
  const { times, values } = samples;
  let any = false;
  eachWindow(samples, { ends, window }, (moment, from, to) => {
    any = true;
    put(series, moment, compute({ times, values, from, to, end: ends[moment]!, length: window, param: param ?? 0 }));
  });
  return any ? [series] : [];
}

/** 1 where no line was in the window, with the labels that the selector fixes by `=`. */
function absent(
  { logs: { matchers } }: RangeAggregation,
  { samples, ends, window }: Windows & Readonly<{ samples: readonly Samples[] }>,
): readonly Series[] {
  const present = new Uint8Array(ends.length);
  for (const series of samples)
    eachWindow(series, { ends, window }, (moment) => {
      present[moment] = 1;
    });
  const fixed = matchers.filter(
    ({ op, label }) => op === "=" && matchers.filter((other) => other.label === label).length === 1,
  );
  const series = emptySeries(Object.fromEntries(fixed.map(({ label, value }) => [label, value])), ends.length);
  for (const moment of ends.keys()) if (!present[moment]) put(series, moment, 1);
  return present.every((here) => here === 1) ? [] : [series];
}

/** The range functions whose lines Loki sums up without keeping their labels, when a `sum` stands around them. */
const summed = new Set(["count_over_time", "rate", "bytes_over_time", "bytes_rate", "sum_over_time"]);

/** The grouping that an outer `sum` hands down to its range aggregation. */
export const handedDown = ({ fn, grouping }: VectorAggregation, inner: RangeAggregation): Grouping | undefined =>
  fn === "sum" && summed.has(inner.fn) && !inner.grouping ? (grouping ?? { kind: "by", labels: [] }) : inner.grouping;

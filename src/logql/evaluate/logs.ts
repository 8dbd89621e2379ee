import type { LogQuery } from "../ast.ts";
import { firstFrom, type Streams, select } from "../streams.ts";
import { heapOf } from "./heap.ts";
import { everything, hintsFor } from "./hints.ts";
import { keyOf, type Labels, lineLabels } from "./labels.ts";
import { pipelineOf } from "./stages.ts";

/** From `start` (included) to `end` (not), in nanoseconds after the origin; the `limit` oldest or newest lines. */
type LogRange = Readonly<{ start: number; end: number; limit: number; direction: "forward" | "backward" }>;
/** A line of an answer: its labels after the pipeline, and those of its stream before it. */
export type LogLine = Readonly<{ time: number; line: string; labels: Labels; stream: Labels }>;

/** The lines of a log query in the order asked for. */
export function evaluateLogs(
  { matchers, stages }: LogQuery,
  streams: Streams,
  { start, end, limit, direction }: LogRange,
): readonly LogLine[] {
  const hints = hintsFor(everything);
  let time = 0;
  const clock = { nanoseconds: () => streams.origin + BigInt(Math.round(time)) };
  const pipeline = pipelineOf(stages, { hints, clock });
  const labels = lineLabels("log");
  const result: LogLine[] = [];
  for (const { stream, index } of entries(select(streams, matchers), { start, end, direction })) {
    if (result.length >= limit) break;
    time = stream.times[index]!;
    labels.start(stream.labels);
    hints.start();
    const line = pipeline(stream.lines[index]!, labels);
    if (line !== undefined) result.push({ time, line, labels: labels.all(), stream: stream.labels });
  }
  return result;
}

type Place = { readonly stream: Streams["streams"][number]; readonly key: string; index: number };

/** The lines of a range by time, those of equal times by their streams' labels; read as far as they are asked for. */
function* entries(
  streams: Streams["streams"],
  { start, end, direction }: Pick<LogRange, "start" | "end" | "direction">,
): Generator<Place> {
  const forward = direction === "forward";
  const isWithin = (times: readonly number[], index: number) =>
    index >= 0 && index < times.length && times[index]! >= start && times[index]! < end;
  const places = streams.flatMap((stream): Place[] => {
    const index = forward ? firstFrom(stream.times, start) : firstFrom(stream.times, end) - 1;
    return isWithin(stream.times, index) ? [{ stream, key: keyOf(stream.labels), index }] : [];
  });
  const before = (a: Place, b: Place) => {
    const difference = a.stream.times[a.index]! - b.stream.times[b.index]!;
    return difference === 0 ? a.key < b.key : forward === difference < 0;
  };
  const heap = heapOf(places, before);
  for (let place = heap.first(); place; place = heap.first()) {
    yield place;
    place.index += forward ? 1 : -1;
    if (isWithin(place.stream.times, place.index)) heap.settle();
    else heap.drop();
  }
}

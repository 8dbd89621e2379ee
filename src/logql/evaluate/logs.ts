import type { LogQuery } from "../ast.ts";
import { type Streams, select } from "../streams.ts";
import { everything, hintsFor } from "./hints.ts";
import { keyOf, type Labels, lineLabels } from "./labels.ts";
import { stepOf } from "./stages.ts";

/** From `start` (included) to `end` (not), in nanoseconds after the origin; at most `limit` lines, the oldest or the newest. */
export type LogRange = Readonly<{ start: number; end: number; limit: number; direction: "forward" | "backward" }>;
/** A line of an answer: its labels after the pipeline, and those of them that are its stream's. */
export type LogLine = Readonly<{ time: number; line: string; labels: Labels; ofStream: Labels }>;

/** The lines of a log query in the order asked for. */
export function evaluateLogs({ matchers, stages }: LogQuery, streams: Streams, { start, end, limit, direction }: LogRange): readonly LogLine[] {
  const hints = hintsFor(everything);
  let time = 0;
  const clock = { nanoseconds: () => streams.origin + BigInt(Math.round(time)) };
  const steps = stages.flatMap((stage) => (stage.kind === "unwrap" ? [] : [stepOf(stage, { hints, clock })]));
  const labels = lineLabels("log");
  const result: LogLine[] = [];
  for (const { stream, index } of entries(select(streams, matchers), { start, end, direction })) {
    if (result.length >= limit) break;
    time = stream.times[index]!;
    labels.start(stream.labels);
    hints.start();
    let line: string | undefined = stream.lines[index]!;
    for (const step of steps) {
      line = step(line, labels);
      if (line === undefined) break;
    }
    if (line !== undefined) result.push({ time, line, labels: labels.all(), ofStream: labels.changed() ? labels.ofStream() : stream.labels });
  }
  return result;
}

type Place = Readonly<{ stream: Streams["streams"][number]; index: number }>;

/** All lines of a range in order of time; of equal times in the order of their streams' labels. */
function entries(streams: Streams["streams"], { start, end, direction }: Pick<LogRange, "start" | "end" | "direction">): readonly Place[] {
  const sorted = [...streams].sort((a, b) => (keyOf(a.labels) < keyOf(b.labels) ? -1 : 1));
  const places: Place[] = [];
  for (const stream of sorted) for (const [index, time] of stream.times.entries()) if (time >= start && time < end) places.push({ stream, index });
  const order = direction === "forward" ? 1 : -1;
  return places.sort((a, b) => order * (a.stream.times[a.index]! - b.stream.times[b.index]!));
}

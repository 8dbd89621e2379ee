import type { LogQuery } from "../ast.ts";
import { firstAt, type Streams, select } from "../streams.ts";
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

/** As many lines are put in order at once, about, so that a limit need not look at all of them. */
const slice = 4096;

/** The lines of a range in order of time; of equal times in the order of their streams' labels. */
function* entries(streams: Streams["streams"], { start, end, direction }: Pick<LogRange, "start" | "end" | "direction">): Generator<Place> {
  const parts = [...streams]
    .sort((a, b) => (keyOf(a.labels) < keyOf(b.labels) ? -1 : 1))
    .map((stream) => ({ stream, from: firstAt(stream.times, start), to: firstAt(stream.times, end) }))
    .filter(({ from, to }) => from < to);
  const least = parts.reduce((time, { stream, from }) => Math.min(time, stream.times[from]!), Number.POSITIVE_INFINITY);
  const most = parts.reduce((time, { stream, to }) => Math.max(time, stream.times[to - 1]!), Number.NEGATIVE_INFINITY);
  const slices = Math.ceil(parts.reduce((sum, { from, to }) => sum + to - from, 0) / slice);
  const border = (index: number) => (index === slices ? Number.POSITIVE_INFINITY : least + ((most - least) / slices) * index);
  for (let count = 0; count < slices; count++) {
    const index = direction === "forward" ? count : slices - 1 - count;
    yield* ordered(parts, { after: border(index), before: border(index + 1), direction });
  }
}

type Part = Readonly<{ stream: Streams["streams"][number]; from: number; to: number }>;

function ordered(parts: readonly Part[], { after, before, direction }: Readonly<{ after: number; before: number; direction: LogRange["direction"] }>) {
  const places: Place[] = [];
  for (const { stream, from, to } of parts) {
    const last = Math.min(to, firstAt(stream.times, before));
    for (let index = Math.max(from, firstAt(stream.times, after)); index < last; index++) places.push({ stream, index });
  }
  const order = direction === "forward" ? 1 : -1;
  return places.sort((a, b) => order * (a.stream.times[a.index]! - b.stream.times[b.index]!));
}

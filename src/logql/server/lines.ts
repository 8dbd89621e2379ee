import { type Labels, sortedLabels } from "../evaluate/labels.ts";
import { type Entry, firstFrom } from "../streams.ts";

/** The newest time that lines of one stream had, whatever is said beside them; nanoseconds after the origin. */
export type Head = { newest: number };
/** Whose a stream is, its labels, and what was said beside each of its lines. */
export type Owner = Readonly<{ tenant: string; labels: Labels; metadata?: Labels }>;
/**
 * A stream that grows: its lines in order of time, with all labels that Loki shows.
 * `twins` are the lines of its last time, once there are several.
 */
export type Lines = {
  readonly labels: Labels;
  readonly owner: Owner;
  readonly head: Head;
  times: number[];
  lines: string[];
  /** Whether any line has had a text: Loki shows a stream of empty lines only when one that is not empty joins them. */
  filled: boolean;
  twins: Readonly<{ time: number; lines: Set<string> }> | undefined;
};

export function noLines(owner: Owner, head: Head): Lines {
  const { labels, metadata } = owner;
  const whole = metadata ? sortedLabels({ ...metadata, ...labels }) : labels;
  return { labels: whole, owner, head, times: [], lines: [], filled: false, twins: undefined };
}

/** Adds entries in any order and tells how many are new: of exact doubles the first counts. */
export function addEntries(stream: Lines, entries: readonly Entry[]): number {
  const { times, lines } = stream;
  const before = times.length;
  const late: Entry[] = [];
  for (const entry of entries) {
    const [time, line] = entry;
    stream.filled ||= line !== "";
    const last = times.length === 0 ? Number.NEGATIVE_INFINITY : times[times.length - 1]!;
    if (time < last) late.push(entry);
    else if (time > last || !isTwin(stream, entry)) {
      times.push(time);
      lines.push(line);
    }
  }
  if (late.length > 0) merge(stream, late);
  return stream.times.length - before;
}

function isTwin(stream: Lines, [time, line]: Entry): boolean {
  if (stream.twins?.time !== time)
    stream.twins = { time, lines: new Set(stream.lines.slice(firstFrom(stream.times, time))) };
  const { lines } = stream.twins;
  if (lines.has(line)) return true;
  lines.add(line);
  return false;
}

/** Puts entries between those that are there, behind those of their own time. */
function merge(stream: Lines, late: Entry[]): void {
  late.sort(([a], [b]) => a - b);
  const { times, lines } = stream;
  const from = firstFrom(times, late[0]![0]);
  const [laterTimes, laterLines] = [times.splice(from), lines.splice(from)];
  let next = 0;
  const putUpTo = (time: number) => {
    for (; next < laterTimes.length && laterTimes[next]! <= time; next++) {
      times.push(laterTimes[next]!);
      lines.push(laterLines[next]!);
    }
  };
  for (const entry of late) {
    const [time, line] = entry;
    putUpTo(time);
    if (holds(stream, entry)) continue;
    times.push(time);
    lines.push(line);
  }
  putUpTo(Number.POSITIVE_INFINITY);
}

/** Whether the last lines, those of one time, have this one among them. */
function holds({ times, lines }: Lines, [time, line]: Entry): boolean {
  for (let place = times.length - 1; place >= 0 && times[place] === time; place--)
    if (lines[place] === line) return true;
  return false;
}

/** Takes the oldest lines away. */
export function dropFirst(stream: Lines, count: number): void {
  if (count === 0) return;
  stream.times.splice(0, count);
  stream.lines.splice(0, count);
  stream.twins = undefined;
}

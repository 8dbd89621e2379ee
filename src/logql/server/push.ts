import { collected, kept } from "../../core/kept.ts";
import { keyOf, type Labels, printLabels } from "../evaluate/labels.ts";
import type { Entry } from "../streams.ts";
import { type Answer, done, Refusal, text } from "./answer.ts";
import type { Batch } from "./holdings.ts";
import type { Keeper } from "./keeper.ts";
import { type Fault, labelFault, limits, summary, tooFarBehind, tooLong, tooNew } from "./limits.ts";
import type { StoreMetrics } from "./metrics.ts";
import type { PushedEntry, PushedStream } from "./pushed.ts";
import { readLabels } from "./stream-labels.ts";

type PushContext = Readonly<{ tenant: string; keeper: Keeper; metrics: StoreMetrics; now: () => number }>;

/** Holds and answers as Loki does: of several streams only the last one tells of lines too far behind. */
export function push(streams: readonly PushedStream[], context: PushContext): Answer {
  if (streams.length === 0) throw new Refusal("error at least one valid stream is required for ingestion", 422);
  const { tenant, keeper, metrics } = context;
  const named = streams.map(({ labels, entries }) => ({
    stream: streamOf(labels, () => metrics.discarded(tenant, { reason: "invalid_labels", count: entries.length })),
    entries,
  }));
  const faults: string[] = [];
  const note = ({ reason, message }: Fault, count = 1) => {
    metrics.discarded(tenant, { reason, count });
    faults.push(message);
  };
  const batches: Batch[] = [];
  let behind: string | undefined;
  for (const { stream, entries } of named) {
    if (stream.fault) {
      note(stream.fault, entries.length);
      // Loki was seen to count these twice.
      if (stream.fault.reason === "label_value_too_long")
        metrics.discarded(tenant, { reason: "invalid_labels", count: entries.length });
      continue;
    }
    const sound = soundOf(entries, { stream, note, context });
    if (sound.length === 0) continue;
    const { accepted, refusal } = inWindow(sound, { stream, context });
    behind = refusal;
    batches.push(...batchesOf(accepted, { tenant, labels: stream.labels }));
  }
  keeper.accept(batches);
  metrics.accepted(
    tenant,
    batches.reduce((sum, { entries }) => sum + entries.length, 0),
  );
  if (behind !== undefined) return text(400, `${behind}\n`);
  return faults.length === 0 ? done : text(400, `${summary(faults)}\n`);
}

type Stream = Readonly<{ labels: Labels; name: string; fault: Fault | undefined }>;

const parsed = kept(10_000, (labels): Stream => {
  const pairs = readLabels(labels);
  const sorted = Object.fromEntries(pairs);
  return { labels: sorted, name: printLabels(sorted), fault: labelFault(pairs) };
});

function streamOf(labels: string, refused: () => void): Stream {
  try {
    return parsed(labels);
  } catch (error) {
    refused();
    throw error;
  }
}

type Checked = Readonly<{ stream: Stream; context: PushContext }>;

/** The entries that are neither too long nor too new. */
function soundOf(
  entries: readonly PushedEntry[],
  { stream, note, context }: Checked & Readonly<{ note: (fault: Fault) => void }>,
): readonly PushedEntry[] {
  const { origin, start } = context.keeper.holdings;
  const latest = (context.now() - origin * 1000) * 1e6 + limits.ahead;
  return entries.filter(({ time, bytes }) => {
    if (bytes > limits.lineLength) note(tooLong(stream.name, bytes));
    else if (time > latest) note(tooNew(stream.name, start + BigInt(time)));
    else return true;
    return false;
  });
}

/** Loki names this many of the entries that are too far behind. */
const shown = 10;

/** The entries that are not too far behind the newest before them. */
function inWindow(entries: readonly PushedEntry[], { stream, context: { tenant, keeper, metrics } }: Checked) {
  const { start, headOf } = keeper.holdings;
  const head = headOf(tenant, stream.labels);
  const ignored: string[] = [];
  let count = 0;
  const accepted = entries.filter(({ time }) => {
    const oldest = head.newest - limits.behind;
    if (time < oldest) {
      count += 1;
      if (count <= shown) ignored.push(tooFarBehind(start + BigInt(time), start + BigInt(oldest)));
      return false;
    }
    if (time > head.newest) head.newest = time;
    return true;
  });
  if (count === 0) return { accepted, refusal: undefined };
  metrics.discarded(tenant, { reason: "too_far_behind", count });
  const total = `user '${tenant}', total ignored: ${count} out of ${entries.length} for stream: ${stream.name}`;
  return { accepted, refusal: [...ignored, total].join("\n") };
}

/** One batch, or one for each set of labels that is said beside lines. */
function batchesOf(
  entries: readonly PushedEntry[],
  owner: Readonly<{ tenant: string; labels: Labels }>,
): readonly Batch[] {
  const batches = collected<string, { owner: Batch["owner"]; entries: Entry[] }>();
  for (const { time, line, metadata } of entries) {
    const key = metadata ? keyOf(metadata) : "";
    const ofKey = () => ({ owner: metadata && key !== "" ? { ...owner, metadata } : owner, entries: [] });
    batches.of(key, ofKey).entries.push([time, line]);
  }
  return [...batches.all.values()];
}

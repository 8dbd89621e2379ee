import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { HOUR_MS } from "../../core/spans.ts";
import { etats } from "../../schema.ts";
import type { Input } from "../inputs/input.ts";
import { type Counts, recordsIn } from "../run/tally.ts";

const STUCK_MS = 300_000;
/** Processor time, in seconds, in which something must have been read or delivered. */
const STUCK_CPU_S = 60;
/** So long a refusal for want of room among the streams is told as an illness. */
const NO_ROOM_MS = HOUR_MS;
const PREFIX = "ingestion_producer_";

/** The figures of a following producer, and whether it is well: `healthz` is `undefined`, or one sentence. */
export type FollowMetrics = ReturnType<typeof followMetrics>;

const NO_ROOM =
  "Records were rejected in the last hour because they bring streams beyond producer.maxStreams of src/config.ts; see their rejects.";

const processorSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

type Labelled<L extends string> = Readonly<{ labelNames?: readonly L[] }>;

/** `everyMs` is the pause between two looks, in which nothing need move; `cpu` the seconds of processor time so far. */
export function followMetrics(now: () => number = Date.now, { everyMs = 0, cpu = processorSeconds } = {}) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, { labelNames = [] }: Labelled<L> = {}) =>
    new Counter({ name: `${PREFIX}${name}`, help, labelNames, registers: [registry] });
  const gauge = (name: string, help: string) => new Gauge({ name: `${PREFIX}${name}`, help, registers: [registry] });
  const read = counter("records_read_total", "Records that were read and delivered: sent or rejected.");
  const sent = counter("records_sent_total", "Records that Kafka acknowledged, by state.", { labelNames: ["etat"] });
  const rejected = counter("records_rejected_total", "Records that were refused, by reason.", {
    labelNames: ["reason"],
  });
  const bytes = counter("bytes_read_total", "Bytes read from the inputs, as they are stored.");
  const poison = counter("queue_poison_total", "Messages of the queue that could not be used.");
  const objects = gauge("lag_objects", "Inputs that are new or changed and wait to be taken.");
  const waitingBytes = gauge("lag_bytes", "Size of the inputs that wait to be taken.");
  const success = gauge("last_success_timestamp_seconds", "When all that was there was last found to be delivered.");
  const inputStreams = gauge(
    "streams",
    "Streams that the labels of all inputs come to, of those that producer.maxStreams allows.",
  );
  for (const etat of etats) sent.inc({ etat }, 0);
  let noRoomAt = Number.NEGATIVE_INFINITY;
  let [lastMoved, movedAtCpu, ill, inHand] = [
    now(),
    cpu(),
    undefined as string | undefined,
    undefined as string | undefined,
  ];
  const moved = () => {
    [lastMoved, movedAtCpu] = [now(), cpu()];
  };
  const stuck = () => {
    if (inHand !== undefined && cpu() - movedAtCpu > STUCK_CPU_S)
      return `${inHand} has taken ${Math.round(cpu() - movedAtCpu)} s of processor time without a byte read or a record delivered; others wait: take it away.`;
    if (now() - lastMoved > STUCK_MS + everyMs)
      return `Nothing has moved for ${Math.round((now() - lastMoved) / 1000)} s.`;
    return undefined;
  };
  return {
    registry,
    moved,
    /** The input that is read from now on, if any. */
    taking(input: string | undefined) {
      inHand = input;
      moved();
    },
    onBytes(count: number) {
      bytes.inc(count);
      moved();
    },
    onBatch(counts: Counts) {
      for (const etat of etats) sent.inc({ etat }, counts.sent[etat]);
      for (const [reason, records] of counts.rejected) rejected.inc({ reason }, records);
      read.inc(recordsIn(counts));
      if (counts.rejected.has("streams")) noRoomAt = now();
      moved();
    },
    poisoned() {
      poison.inc();
    },
    streams(count: number) {
      inputStreams.set(count);
    },
    lag(waiting: readonly Input[]) {
      objects.set(waiting.length);
      waitingBytes.set(waiting.reduce((sum, { size = 0 }) => sum + size, 0));
    },
    succeeded() {
      success.set(now() / 1000);
      ill = undefined;
      moved();
    },
    failed(sentence: string) {
      ill = sentence;
      moved();
    },
    /** Another one is at work, and may be for ever: to wait for it is no illness. Told each minute. */
    waiting() {
      ill = undefined;
      moved();
    },
    healthz: (): string | undefined => ill ?? stuck() ?? (now() - noRoomAt < NO_ROOM_MS ? NO_ROOM : undefined),
  };
}

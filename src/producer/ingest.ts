import { batcher } from "./batcher.ts";
import { InputError, UserError } from "./errors.ts";
import type { Item, Sink } from "./items.ts";
import { judge, type Timestamps } from "./judge.ts";
import { type Input, piecesOf } from "./pieces.ts";

export type IngestOptions = Readonly<{
  timestamps: Timestamps;
  /** The IANA zone of `Debut` and `Fin`. */
  zone: string;
  /** The name of the load, for `lot` in event mode. */
  load: string;
}>;

/** What `ingest` needs from outside: the inputs, where the items go (connected when the first record is there), the time, and who is told of the progress. */
export type IngestDeps = Readonly<{ inputs: readonly Input[]; connect(): Promise<Sink>; now?(): number; report?(tally: Tally, bytesRead: number): void }>;

/** What was read, acknowledged and refused so far. */
export type Tally = { read: number; sent: { SUCCESS: number; FAILED: number }; rejected: number };
/** The end of a run; `errors` are sentences for the user, empty when all of it could be read and delivered. */
export type Outcome = Readonly<Tally & { errors: readonly string[] }>;

/** Reads all inputs, one after the other, and delivers their records and rejects. Faults of the user's making come back as `errors`. */
export async function ingest(options: IngestOptions, deps: IngestDeps): Promise<Outcome> {
  const tally: Tally = { read: 0, sent: { SUCCESS: 0, FAILED: 0 }, rejected: 0 };
  const errors: string[] = [];
  const told = (error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    errors.push(error.message);
  };
  try {
    await deliverAll(options, deps, tally, told);
  } catch (error) {
    told(error);
  } finally {
    for (const input of deps.inputs) await input.close?.();
  }
  return { ...tally, errors };
}

async function deliverAll(options: IngestOptions, deps: IngestDeps, tally: Tally, told: (error: unknown) => void): Promise<void> {
  const now = deps.now ?? Date.now;
  let bytes = 0;
  const onBytes = (count: number) => {
    bytes += count;
    deps.report?.(tally, bytes);
  };
  const shift = options.timestamps === "replay" ? now() - (await newestFin(options, deps.inputs, onBytes)) : 0;
  let sink: Sink | undefined;
  const open = async () => {
    sink = await deps.connect();
    return { decide: judge({ ...options, open: sink.open, now, shift }), queue: batcher(counting(sink, tally)) };
  };
  let line: Awaited<ReturnType<typeof open>> | undefined;
  try {
    for (const input of deps.inputs) {
      try {
        for await (const pieces of piecesOf(input, onBytes)) {
          for (const piece of pieces) {
            line ??= await open();
            tally.read++;
            const full = line.queue.push(line.decide(input.name, piece));
            if (full) await full;
          }
        }
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        told(error);
      }
    }
    await line?.queue.close();
  } finally {
    await sink?.close();
  }
}

/** Delivers a batch, then counts it. */
const counting = (sink: Sink, tally: Tally) => async (items: readonly Item[]) => {
  await sink.deliver(items);
  for (const item of items) {
    if (item.kind === "record") tally.sent[item.etat]++;
    else tally.rejected++;
  }
};

/** The newest `fin` of all valid records, in milliseconds; what cannot be read is told in the second pass. */
async function newestFin({ zone, timestamps, load }: IngestOptions, inputs: readonly Input[], onBytes: (count: number) => void): Promise<number> {
  const decide = judge({ zone, timestamps, load, open: new Map(), now: () => 0 });
  let newest = Number.NEGATIVE_INFINITY;
  for (const input of inputs) {
    try {
      for await (const pieces of piecesOf(input, onBytes)) {
        for (const piece of pieces) {
          const item = decide(input.name, piece);
          if (item.kind === "record") newest = Math.max(newest, item.time);
        }
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
  return newest;
}

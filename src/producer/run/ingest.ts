import { InputError, UserError } from "../../core/errors.ts";
import type { Input } from "../inputs/input.ts";
import { judge, type Timestamps } from "../judging/judge.ts";
import { holdsRecords, piecesOf } from "../reading/pieces.ts";
import type { Sink } from "../sending/delivery.ts";
import { ingestInput } from "./input.ts";
import type { Run } from "./pass.ts";
import { emptyTally, type Tally } from "./tally.ts";

export type IngestOptions = Readonly<{
  timestamps: Timestamps;
  /** The IANA zone of `Debut` and `Fin`. */
  zone: string;
  /** The name of the load, for `lot` in event mode. */
  load: string;
}>;

/** What `ingest` needs from outside. It calls `connect` when the first record is there; `signal` ends the run early. */
type IngestDeps = Readonly<{
  inputs: readonly Input[];
  connect(): Promise<Sink>;
  now?(): number;
  report?(tally: Tally, bytesRead: number): void;
  warn?(sentence: string): void;
  /** The address that all inputs share, where progress of those that are long gone from it may be forgotten. */
  under?: string | undefined;
  signal?: AbortSignal;
}>;

/**
 * The end of a run. `errors` are sentences for the user, empty when all of it could be read and delivered.
 * `already` are the inputs that had been delivered before.
 */
export type Outcome = Readonly<Tally & { errors: readonly string[]; already: readonly string[] }>;

/** Reads all inputs in turn and delivers their records and rejects. Faults of the user's come back as `errors`. */
export async function ingest(options: IngestOptions, deps: IngestDeps): Promise<Outcome> {
  const tally = emptyTally();
  const errors: string[] = [];
  const already: string[] = [];
  const report = (error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    errors.push(error.message);
  };
  try {
    await deliverAll(options, deps, { tally, already, report });
  } catch (error) {
    if (!deps.signal?.aborted || (error as Error).name !== "AbortError") report(error);
  } finally {
    for (const input of deps.inputs) await input.close?.();
  }
  if (deps.signal?.aborted)
    errors.push("The ingestion was interrupted; what was sent is noted, and the next run goes on after it.");
  return { ...tally, errors, already };
}

async function deliverAll(
  options: IngestOptions,
  deps: IngestDeps,
  { tally, already, report }: Readonly<{ tally: Tally; already: string[]; report: (error: unknown) => void }>,
): Promise<void> {
  const { inputs, warn = () => {}, signal } = deps;
  const now = deps.now ?? Date.now;
  let bytes = 0;
  const onBytes = (count: number) => {
    bytes += count;
    deps.report?.(tally, bytes);
  };
  const shift = options.timestamps === "replay" ? now() - (await newestFin(inputs, { ...options, onBytes })) : 0;
  const rejudge = options.timestamps === "event";
  let sink: Sink | undefined;
  const open = async (): Promise<Run> => {
    sink = await deps.connect();
    await sink.recall?.(inputs.filter((input) => !sink?.isDone(input)));
    return {
      sink,
      decide: judge({ ...options, open: sink.open, streams: sink.streams, now, shift }),
      tally,
      rejudge,
      onBytes,
      warn,
      signal,
    };
  };
  let run: Run | undefined;
  try {
    for (const input of inputs) {
      if (signal?.aborted) return;
      try {
        // Before Kafka is asked for: an input that cannot be read is told first. A pipe can be read only once.
        if (!run && !input.once && !(await holdsRecords(input))) continue;
        run ??= await open();
        // The failures that an input of the same load left open count for those after it.
        const again = rejudge && !inputs.every(run.sink.isDone);
        if ((await ingestInput(input, run, { again })) === "already") already.push(input.name);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        report(error);
      }
    }
    if (deps.under === undefined || signal?.aborted || !sink?.see) return;
    for (const input of inputs) sink.see(input);
    await sink.forget?.(deps.under);
  } finally {
    await sink?.close();
  }
}

/** The newest `fin` of all valid records, in milliseconds; what cannot be read is told in the second pass. */
async function newestFin(
  inputs: readonly Input[],
  { zone, timestamps, load, onBytes }: IngestOptions & Pick<Run, "onBytes">,
): Promise<number> {
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

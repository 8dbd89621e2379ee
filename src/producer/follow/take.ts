import type { Logger } from "pino";
import { InputError, InterruptedRead, RefusedInput } from "../../core/errors.ts";
import type { Input } from "../inputs/input.ts";
import { streamsOf } from "../judging/streams.ts";
import { ingestInput } from "../run/input.ts";
import type { Run } from "../run/pass.ts";
import { emptyTally, sentIn } from "../run/tally.ts";
import type { InputFaults } from "./faults.ts";
import type { FollowMetrics } from "./metrics.ts";

export type Watch = Readonly<{ faults: InputFaults; log: Logger; metrics: FollowMetrics }>;

/** Ingests one input and logs it. One that cannot be read is logged as a fault; an outage is thrown. */
export async function take(input: Input, run: Omit<Run, "tally">, { faults, log, metrics }: Watch): Promise<void> {
  const [tally, started] = [emptyTally(), performance.now()];
  const progress = () => ({
    object: input.name,
    read: tally.read,
    sent: sentIn(tally),
    rejected: tally.rejected,
    before: tally.before,
    seconds: Math.round(performance.now() - started) / 1000,
  });
  metrics.taking(input.name);
  try {
    const end = await ingestInput(input, { ...run, tally });
    if (end !== "already") log.info(progress(), end === "whole" ? "ingested" : "interrupted");
    faults.remove(input);
    if (end !== "interrupted") await input.settled?.();
  } catch (error) {
    if (!(error instanceof InputError) || error instanceof InterruptedRead) throw error;
    faults.add(input, error);
    log.error({ ...progress(), error: error.message }, "not readable");
    if (!(error instanceof RefusedInput)) await input.settled?.();
  } finally {
    metrics.taking(undefined);
    metrics.streams(streamsOf(run.sink.streams));
  }
}

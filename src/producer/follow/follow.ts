import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { detail, InputError, InterruptedRead, RefusedInput, UserError } from "../../core/errors.ts";
import type { Lister, Standing } from "../inputs/lister.ts";
import { isIn, type Share, WHOLE } from "../inputs/share.ts";
import { judge } from "../judging/judge.ts";
import { streamsOf } from "../judging/streams.ts";
import type { Input } from "../reading/pieces.ts";
import { ingestInput, type Run } from "../run/input.ts";
import { emptyTally } from "../run/tally.ts";
import type { StateSink } from "../state/sink.ts";
import { type FollowMetrics, followMetrics } from "./metrics.ts";

const BACK_OFF = { first: 1000, most: 30_000 };
const FORGET_EVERY_MS = 3_600_000;
/** After that long, an input that was refused is asked for again. */
const REFUSED_MS = 300_000;

/**
 * What a follower works with. `lister` says what is there now, `connect` gives a sink on a Kafka that answers.
 * `under` is the address that all inputs share if there can be several.
 */
export type FollowDeps = Readonly<{
  lister: Lister;
  connect(): Promise<StateSink>;
  under: string | undefined;
  share?: Share;
  zone: string;
  everyMs: number;
  log: Logger;
  metrics?: FollowMetrics;
  signal: AbortSignal;
}>;

/**
 * Takes what is new or has changed, oldest first, until `signal` is aborted.
 * An outage of S3 or Kafka is waited for, an input with an error is told once.
 */
export async function follow({
  lister,
  connect,
  under,
  share = WHOLE,
  zone,
  everyMs,
  log,
  metrics = followMetrics(),
  signal,
}: FollowDeps): Promise<void> {
  /** The versions of inputs that cannot be read: they will not get better. */
  const faulty = new Map<string, string | undefined>();
  const refused = new Map<string, Readonly<{ until: number; error: string }>>();
  /** Those of both that stand in a listing. */
  const listed = new Set<string>();
  let session: Readonly<{ sink: StateSink; run: Omit<Run, "tally"> }> | undefined;
  let forgetAt = Date.now();
  let wait = BACK_OFF.first;

  const begin = async () => {
    const sink = await connect();
    const decide = judge({
      timestamps: "arrival",
      zone,
      load: "",
      open: sink.open,
      streams: sink.streams,
      now: Date.now,
    });
    const warn = (sentence: string) => log.warn(sentence);
    session = {
      sink,
      run: { sink, decide, rejudge: false, onBytes: metrics.onBytes, onBatch: metrics.onBatch, warn, signal },
    };
    return session;
  };
  const end = async () => {
    const { sink } = session ?? {};
    session = undefined;
    // The next sink knows nothing of what was seen.
    await lister.restart();
    await sink?.close();
  };
  const take = async (input: Input, run: Omit<Run, "tally">) => {
    const [tally, started] = [emptyTally(), performance.now()];
    const progress = () => ({
      object: input.name,
      read: tally.read,
      sent: tally.sent.SUCCESS + tally.sent.FAILED,
      rejected: tally.rejected,
      before: tally.before,
      seconds: Math.round(performance.now() - started) / 1000,
    });
    metrics.taking(input.name);
    try {
      const end = await ingestInput(input, { ...run, tally });
      if (end !== "already") log.info(progress(), end === "whole" ? "ingested" : "interrupted");
      refused.delete(input.address);
      if (end !== "interrupted") await input.settled?.();
    } catch (error) {
      if (!(error instanceof InputError) || error instanceof InterruptedRead) throw error;
      listed.add(input.address);
      if (error instanceof RefusedInput)
        refused.set(input.address, { until: Date.now() + REFUSED_MS, error: error.message });
      else faulty.set(input.address, input.version);
      log.error({ ...progress(), error: error.message }, "not readable");
      if (!(error instanceof RefusedInput)) await input.settled?.();
    } finally {
      metrics.taking(undefined);
      metrics.streams(streamsOf(run.sink.streams));
    }
  };
  const isRefused = ({ address }: Input) => (refused.get(address)?.until ?? 0) > Date.now();
  const isKnownFaulty = ({ address, version }: Input) => faulty.has(address) && faulty.get(address) === version;
  /** Looks once and takes what waits; whether there is more. */
  const round = async (): Promise<boolean> => {
    const { sink, run } = session ?? (await begin());
    await sink.check();
    const standingOf = (input: Input): Standing => {
      if (!isIn(share, input.address)) return "later";
      sink.see(input);
      if (faulty.has(input.address) || refused.has(input.address)) listed.add(input.address);
      if (sink.isDone(input) || isKnownFaulty(input)) return "settled";
      return isRefused(input) ? "later" : "waiting";
    };
    const look = await lister.look(standingOf);
    metrics.moved();
    const waiting = [...look.waiting];
    metrics.lag(waiting);
    await sink.recall(waiting);
    while (waiting.length > 0 && !signal.aborted) {
      await take(waiting[0] as Input, run);
      waiting.shift();
      metrics.lag(waiting);
    }
    if (signal.aborted) return false;
    if (look.whole) {
      for (const faults of [faulty, refused])
        for (const address of faults.keys()) if (!listed.has(address)) faults.delete(address);
      listed.clear();
    }
    const [first] = refused.values();
    if (first) metrics.failed(first.error);
    else metrics.succeeded();
    if (look.whole && under !== undefined && Date.now() >= forgetAt) {
      await sink.forget(under);
      forgetAt = Date.now() + FORGET_EVERY_MS;
    }
    return look.more;
  };

  while (!signal.aborted) {
    try {
      const more = await round();
      wait = BACK_OFF.first;
      if (!more) await sleep(everyMs, undefined, { signal });
    } catch (error) {
      if (signal.aborted) break;
      const says = error instanceof UserError ? error.message : `An unforeseen error: ${detail(error)}.`;
      metrics.failed(says);
      log.warn({ error: says, retry_seconds: wait / 1000 }, "outage");
      await end();
      await sleep(wait, undefined, { signal }).catch(() => {});
      wait = Math.min(2 * wait, BACK_OFF.most);
    }
  }
  await end();
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { detail, UserError } from "../../core/errors.ts";
import { HOUR_MS } from "../../core/spans.ts";
import type { Input } from "../inputs/input.ts";
import type { Lister, Standing } from "../inputs/lister.ts";
import { isIn, type Share } from "../inputs/share.ts";
import { judge } from "../judging/judge.ts";
import type { Run } from "../run/pass.ts";
import type { StateSink } from "../state/sink.ts";
import { inputFaults } from "./faults.ts";
import type { FollowMetrics } from "./metrics.ts";
import { take } from "./take.ts";

const BACK_OFF = { first: 1000, most: 30_000 };
const FORGET_EVERY_MS = HOUR_MS;

/**
 * What a follower works with. `lister` says what is there now, `connect` gives a sink on a Kafka that answers.
 * `under` is the address that all inputs share if there can be several.
 */
type FollowDeps = Readonly<{
  lister: Lister;
  connect(): Promise<StateSink>;
  under: string | undefined;
  share: Share;
  zone: string;
  everyMs: number;
  log: Logger;
  metrics: FollowMetrics;
  signal: AbortSignal;
}>;
type Session = Readonly<{ sink: StateSink; run: Omit<Run, "tally"> }>;

/**
 * Takes what is new or has changed, oldest first, until `signal` is aborted.
 * An outage of S3 or Kafka is waited for, an input with an error is told once.
 */
export async function follow(deps: FollowDeps): Promise<void> {
  const { lister, under, share, everyMs, log, metrics, signal } = deps;
  const faults = inputFaults();
  let session: Session | undefined;
  let forgetAt = Date.now();
  let wait = BACK_OFF.first;

  const end = async () => {
    const { sink } = session ?? {};
    session = undefined;
    // The next sink knows nothing of what was seen.
    await lister.restart();
    await sink?.close();
  };
  /** Looks once and takes what waits; whether there is more. */
  const round = async (): Promise<boolean> => {
    session ??= await begun(deps);
    const { sink, run } = session;
    await sink.check();
    const standingOf = (input: Input): Standing => {
      if (!isIn(share, input.address)) return "later";
      sink.see(input);
      return sink.isDone(input) ? "settled" : faults.standingOf(input);
    };
    const look = await lister.look(standingOf);
    metrics.moved();
    const waiting = [...look.waiting];
    metrics.lag(waiting);
    await sink.recall(waiting);
    while (waiting.length > 0 && !signal.aborted) {
      await take(waiting[0] as Input, run, { faults, log, metrics });
      waiting.shift();
      metrics.lag(waiting);
    }
    if (signal.aborted) return false;
    if (look.whole) faults.forgetGone();
    const refusal = faults.refusal();
    if (refusal) metrics.failed(refusal);
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

async function begun({ connect, zone, log, metrics, signal }: FollowDeps): Promise<Session> {
  const sink = await connect();
  const { open, streams } = sink;
  const decide = judge({ timestamps: "arrival", zone, load: "", open, streams, now: Date.now });
  const warn = (sentence: string) => log.warn(sentence);
  const { onBytes, onBatch } = metrics;
  return { sink, run: { sink, decide, rejudge: false, onBytes, onBatch, warn, signal } };
}

import { setTimeout } from "node:timers/promises";
import { UserError } from "../../core/errors.ts";
import type { Share } from "../inputs/share.ts";
import { holderOf, isFree, type State } from "./fold.ts";
import { leaseKeyOf } from "./shape.ts";

/** In ms: how long a lease holds, how often it is renewed, how old its last renewal may be when records are sent. */
const TIMES = { ttl: 15_000, renew: 5_000, fresh: 10_000, poll: 200, tell: 60_000 };

/** `claim` writes a claim and gives its offset, `until` waits until `state` holds all up to an offset. */
type LeaseDeps = Readonly<{
  holder: string;
  /** Which inputs it is about. */
  share: Share;
  state: State;
  claim(ttl: number): Promise<number>;
  until(offset: number): Promise<void>;
  now?: () => number;
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}>;
const sleeping = (ms: number, signal: AbortSignal | undefined) => setTimeout(ms, undefined, { signal });

export type Waiting = (seconds: number, holder: string) => void;

/** The right to send: `hold` throws a `UserError` when it was lost, `end` stops renewing it. */
export type Lease = Readonly<{
  /** `waiting` is told that another run is at work, again each minute, with the seconds so far and the other's id. */
  acquire(waiting: Waiting, signal?: AbortSignal): Promise<void>;
  hold(): Promise<void>;
  renewed(sentAt: number): void;
  end(): Promise<void>;
}>;

/** One writer of an input at a time, by the broker's clock alone; the local one only tells the last renewal's age. */
export function lease({
  holder,
  share,
  state,
  claim,
  until,
  now = () => performance.now(),
  sleep = sleeping,
}: LeaseDeps): Lease {
  const isMine = () => state.leases.get(leaseKeyOf(share))?.holder === holder;
  let renewedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let renewing: Promise<void> | undefined;

  const claimed = async (): Promise<boolean> => {
    const sentAt = now();
    await until(await claim(TIMES.ttl));
    if (!isMine()) return false;
    renewedAt = sentAt;
    return true;
  };
  // A renewal that came too late may stand after another run's claim: only the topic itself can tell.
  const renewed = (sentAt: number) => {
    if (now() - renewedAt < TIMES.ttl) renewedAt = Math.max(renewedAt, sentAt);
  };
  const renew = () => {
    const sentAt = now();
    renewing ??= claim(TIMES.ttl)
      .then(() => renewed(sentAt))
      .catch(() => {})
      .finally(() => {
        renewing = undefined;
      });
  };
  return {
    async acquire(waiting, signal) {
      const begun = now();
      let reminders = 0;
      const tell = () => {
        if (now() - begun < reminders * TIMES.tell) return;
        waiting(Math.round((now() - begun) / 1000), holderOf(state, share) ?? "");
        reminders++;
      };
      while (!(await claimed())) {
        const [since, time] = [now(), state.time];
        // What arrives meanwhile (a renewal, a release) moves the state on.
        do {
          tell();
          await sleep(TIMES.poll, signal);
        } while (!isFree(state, share, { time: Math.max(state.time, time + now() - since) }));
      }
      timer = setInterval(renew, TIMES.renew);
      timer.unref();
    },
    async hold() {
      const mine = isMine() && (now() - renewedAt < TIMES.fresh || (await claimed()));
      if (!mine)
        throw new UserError(
          "Another ingestion has taken over, because this one could not reach Kafka for too long; run it again to go on.",
        );
    },
    renewed,
    async end() {
      clearInterval(timer);
      await renewing;
    },
  };
}

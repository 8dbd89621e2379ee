import { HOUR_MS } from "../../../core/spans.ts";
import type { Input } from "../input.ts";
import type { Lister, Standing } from "../lister.ts";
import { oldest } from "../lister.ts";
import type { ObjectName } from "../s3/client.ts";
import { announcementOf } from "./events.ts";

export type QueueMessage = Readonly<{ id: string; receipt: string; body: string }>;
/** A queue whose messages come again unless they are removed in time. */
export type Queue = Readonly<{
  /** Some messages, after a wait if there are none and `wait` is asked for. */
  receive(how: Readonly<{ wait: boolean }>): Promise<readonly QueueMessage[]>;
  remove(message: QueueMessage): Promise<void>;
  /** Keeps messages from the others for a while longer, or gives them back. */
  hold(messages: readonly QueueMessage[], how: "longer" | "back"): Promise<void>;
}>;
export type QueueOptions = Readonly<{
  queue: Queue;
  /** Lists everything: what no message told of. */
  net: Lister;
  netEveryMs?: number;
  /** The object as it is now, `undefined` for one that is gone. */
  objectOf(name: ObjectName): Promise<Input | undefined>;
  isUnder(name: ObjectName): boolean;
  /** Told once of each message that cannot be used; it is left to the queue. */
  onPoison(message: QueueMessage, why: string): void;
  now?: () => number;
}>;

type Taking = Readonly<{ standingOf: (input: Input) => Standing; add: (input: Input) => void }>;

const NET_EVERY_MS = HOUR_MS;
const HOLD_EVERY_MS = 20_000;
const MOST_MESSAGES = 1000;
const MOST_REPORTED = 10_000;

/** Looks at what a queue tells, and seldom at everything. Removes a message once nothing is to do for its objects. */
export function queueLister({
  queue,
  net,
  netEveryMs = NET_EVERY_MS,
  objectOf,
  isUnder,
  onPoison,
  now = Date.now,
}: QueueOptions): Lister {
  /** The messages that are being worked on, with the addresses that are left of each. */
  const inHand = new Map<QueueMessage, Set<string>>();
  const reportedIds = new Set<string>();
  let netAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const poison = (message: QueueMessage, why: string) => {
    if (!reportedIds.has(message.id)) onPoison(message, why);
    if (reportedIds.size > MOST_REPORTED) reportedIds.clear();
    reportedIds.add(message.id);
  };
  const settle = async (address: string) => {
    for (const [message, left] of inHand) {
      if (!left.delete(address) || left.size > 0) continue;
      inHand.delete(message);
      await queue.remove(message);
    }
  };
  const letGo = async () => {
    const messages = [...inHand.keys()];
    inHand.clear();
    if (messages.length > 0) await queue.hold(messages, "back").catch(() => {});
  };
  /** What a message tells, with the inputs that are there; nothing for one that cannot be used. */
  const inputsOf = async (message: QueueMessage): Promise<readonly Input[] | undefined> => {
    const announcement = announcementOf(message.body);
    const stranger = "objects" in announcement ? announcement.objects.find((name) => !isUnder(name)) : undefined;
    if ("fault" in announcement) poison(message, announcement.fault);
    else if (stranger)
      poison(message, `it is about s3://${stranger.bucket}/${stranger.key}, which is not under --from`);
    if ("fault" in announcement || stranger) return undefined;
    const found: Input[] = [];
    for (const name of announcement.objects) {
      const input = await objectOf(name);
      if (input) found.push({ ...input, settled: () => settle(input.address) });
    }
    return found;
  };
  const take = async (message: QueueMessage, { standingOf, add }: Taking) => {
    const inputs = await inputsOf(message);
    if (!inputs) return;
    inHand.set(message, new Set(inputs.map(({ address }) => address)));
    for (const input of inputs) {
      const standing = standingOf(input);
      if (standing === "settled") await settle(input.address);
      else if (standing === "waiting") add(input);
      // It comes again when the queue's time is over.
      else inHand.delete(message);
    }
    if (inHand.get(message)?.size !== 0) return;
    inHand.delete(message);
    await queue.remove(message);
  };
  return {
    async restart() {
      clearInterval(timer);
      timer = undefined;
      netAt = Number.NEGATIVE_INFINITY;
      await net.restart();
      await letGo();
    },
    async look(standingOf) {
      timer ??= setInterval(() => void queue.hold([...inHand.keys()], "longer").catch(() => {}), HOLD_EVERY_MS);
      timer.unref();
      // What is left from the look before was not taken to its end.
      await letGo();
      if (now() >= netAt) {
        const look = await net.look(standingOf);
        if (!look.more) netAt = now() + netEveryMs;
        return { ...look, more: true };
      }
      const found = oldest();
      let count = 0;
      for (
        let some = await queue.receive({ wait: true });
        some.length > 0;
        some = count < MOST_MESSAGES ? await queue.receive({ wait: false }) : []
      ) {
        for (const message of some) await take(message, { standingOf, add: found.add });
        count += some.length;
      }
      // Waiting for a message is all the pause that is needed.
      return { ...found.taken(), more: true, whole: false };
    },
  };
}

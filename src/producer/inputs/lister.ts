import { byText } from "../../core/order.ts";
import type { Input } from "./input.ts";

/**
 * What a look brought. `whole`: everything that is there was passed since a look last said so.
 * `more`: what waits is more than what it brought.
 */
export type Look = Readonly<{ waiting: readonly Input[]; whole: boolean; more: boolean }>;

/** What is to be done with an input that stands in a listing: take it, nothing any more, or nothing yet. */
export type Standing = "waiting" | "settled" | "later";
/** Looks again and again at what is behind an address; `standingOf` is asked for each input that stands there. */
export type Lister = Readonly<{
  look(standingOf: (input: Input) => Standing): Promise<Look>;
  /** What was passed so far counts for nothing, and what is held is let go of. */
  restart(): void | Promise<void>;
}>;

/** So many inputs are taken between two looks; more would only fill the memory. */
const MOST_WAITING = 10_000;

const byAge = (a: Input, b: Input) => (a.modified ?? 0) - (b.modified ?? 0) || byText(a.address, b.address);

/** The oldest of the inputs that are added, oldest first, each once. */
export function oldest() {
  const held = new Map<string, Input>();
  let more = false;
  const sorted = () => [...held.values()].sort(byAge);
  return {
    add(input: Input): void {
      held.set(input.address, input);
      if (held.size < 2 * MOST_WAITING) return;
      more = true;
      for (const { address } of sorted().slice(MOST_WAITING)) held.delete(address);
    },
    has: ({ address }: Input) => held.has(address),
    taken: () => ({ waiting: sorted().slice(0, MOST_WAITING), more: more || held.size > MOST_WAITING }),
  };
}

/** Lists everything each time. */
export const fullLister = (list: () => Promise<readonly Input[]>): Lister => ({
  async look(standingOf) {
    const found = oldest();
    for (const input of await list()) if (!input.once && standingOf(input) === "waiting") found.add(input);
    return { ...found.taken(), whole: true };
  },
  restart() {},
});

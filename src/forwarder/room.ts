/** How long Loki may have no room for a further stream before what it refuses is set aside. */
const PATIENCE_MS = 30_000;
/** How long a refusal is remembered: the next one within that time is of the same shortage. */
const SHORTAGE_MS = 300_000;

/** Whether Loki has room for further streams, as far as its answers tell. */
type StreamRoom = Readonly<{ refused(): "wait" | "give up"; isShort(): boolean }>;

/**
 * Loki has no room once it has said so, and is given up after 30 s of saying so.
 * Both are forgotten when it has not for five minutes.
 */
export function streamRoom(now: () => number = Date.now): StreamRoom {
  let since = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const isShort = () => now() - last < SHORTAGE_MS;
  return {
    refused() {
      if (!isShort()) since = now();
      last = now();
      return last - since < PATIENCE_MS ? "wait" : "give up";
    },
    isShort,
  };
}

export type Batcher<T> = Readonly<{ push(item: T): Promise<void> | undefined; close(): Promise<void> }>;

/** Kafka's default limit for one request is 1 MiB; records and their envelopes must stay below it together. */
const LIMITS = { count: 1000, bytes: 900_000, lingerMs: 200 };

/**
 * Delivers items in order and in batches, one batch at a time, while the next one fills.
 * A promise that `push` returns must be awaited before the next push; it or `close` throws the error of a delivery.
 */
export function batcher<T extends Readonly<{ bytes: number }>>(
  deliver: (items: readonly T[]) => Promise<void>,
  limits = LIMITS,
): Batcher<T> {
  let items: T[] = [];
  let bytes = 0;
  let delivered = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (items.length === 0) return;
    const batch = items;
    [items, bytes] = [[], 0];
    delivered = delivered.then(() => deliver(batch));
    delivered.catch(() => {});
  };
  return {
    push(item) {
      const full = items.length >= limits.count || bytes + item.bytes > limits.bytes;
      const before = full ? delivered : undefined;
      if (full) flush();
      items.push(item);
      bytes += item.bytes;
      timer ??= setTimeout(flush, limits.lingerMs);
      return before;
    },
    close() {
      flush();
      return delivered;
    },
  };
}

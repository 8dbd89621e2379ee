type Batcher<T> = Readonly<{ push(item: T): Promise<void> | undefined; close(): Promise<void> }>;

/** What goes together: `sealed`, when nothing more comes, gives what delivers it. */
export type Parcel<T> = Readonly<{ add(item: T): void; sealed(): () => Promise<void> }>;

/** Large, as each request costs by itself; what is too much for one is sent in several. */
const LIMITS = { count: 4000, bytes: 1_800_000, lingerMs: 200 };

/**
 * Puts items in order into parcels, and delivers one parcel at a time, while the next one fills.
 * A promise that `push` returns must be awaited before the next push; it or `close` throws the error of a delivery.
 */
export function batcher<T extends Readonly<{ bytes: number }>>(open: () => Parcel<T>, limits = LIMITS): Batcher<T> {
  let parcel: Parcel<T> | undefined;
  let [count, bytes] = [0, 0];
  let delivered = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!parcel) return;
    const deliver = parcel.sealed();
    parcel = undefined;
    [count, bytes] = [0, 0];
    delivered = delivered.then(deliver);
    delivered.catch(() => {});
  };
  return {
    push(item) {
      const full = count >= limits.count || bytes + item.bytes > limits.bytes;
      const before = full ? delivered : undefined;
      if (full) flush();
      parcel ??= open();
      parcel.add(item);
      count++;
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

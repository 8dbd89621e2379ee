export type Notes<T> = Readonly<{
  /** Has something noted soon; throws what went wrong with an earlier note. */
  add(item: T): Promise<void>;
  /** Resolves once all is noted. */
  done(): Promise<void>;
}>;

/** How much may be sent without being noted, for which a later run reads it all again to know it; and how long. */
const LIMITS = { most: 4, lingerMs: 200 };

/**
 * Notes beside the work, one note at a time and in order, and what comes within a moment together: a note costs as
 * much as the sending of some hundred records.
 */
export function notes<T>(write: (items: readonly T[]) => Promise<void>, { most, lingerMs } = LIMITS): Notes<T> {
  let waiting: T[] = [];
  let last = Promise.resolve();
  let failed: { error: unknown } | undefined;
  let timer: NodeJS.Timeout | undefined;
  const next = async () => {
    clearTimeout(timer);
    timer = undefined;
    const items = waiting;
    waiting = [];
    if (items.length > 0) await write(items);
  };
  const start = () => {
    last = last.then(next);
    last.catch((error) => {
      failed ??= { error };
    });
    return last;
  };
  return {
    async add(item) {
      if (failed) throw failed.error;
      waiting.push(item);
      timer ??= setTimeout(start, lingerMs);
      if (waiting.length >= most) await start();
    },
    done: start,
  };
}

export type Notes<T> = Readonly<{
  /** Has something noted soon; throws what went wrong with an earlier note. */
  add(item: T): Promise<void>;
  /** Resolves once all is noted. */
  done(): Promise<void>;
}>;

/** How much may be sent without being noted: a later run reads it all again to know it. */
const MOST = 16;

/** Notes beside the work, one note at a time and in order; what comes meanwhile goes into the next one together. */
export function notes<T>(write: (items: readonly T[]) => Promise<void>, most = MOST): Notes<T> {
  let waiting: T[] = [];
  let last = Promise.resolve();
  let failed: { error: unknown } | undefined;
  const next = () => {
    const items = waiting;
    waiting = [];
    return write(items);
  };
  return {
    async add(item) {
      if (failed) throw failed.error;
      waiting.push(item);
      if (waiting.length === 1) {
        last = last.then(next);
        last.catch((error) => {
          failed ??= { error };
        });
      }
      if (waiting.length >= most) await last;
    },
    done: () => last,
  };
}

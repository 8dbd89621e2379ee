import { setTimeout } from "node:timers/promises";
import { innermost, isUnreachable } from "./errors.ts";

/** Whether Kafka says that the same request may be answered a little later. */
export const isPassing = (error: Error): boolean => "retriable" in error && error.retriable === true;
/** The same of a Kafka that answers: a new group or topic, say, whose place is not known everywhere yet. */
export const isSettling = (error: Error): boolean => isPassing(error) && !isUnreachable(error);

type Patience = Readonly<{
  ms: number;
  everyMs?: number;
  while: (cause: Error) => boolean;
  signal?: AbortSignal | undefined;
}>;

/** Does something again and again while the innermost cause of its failure is one of `while`, for `ms` at most. */
export async function patiently<T>(action: () => Promise<T>, patience: Patience): Promise<T> {
  const { ms, everyMs = 200, while: isOne, signal } = patience;
  for (const until = Date.now() + ms; ; await setTimeout(everyMs)) {
    try {
      return await action();
    } catch (error) {
      if (!isOne(innermost(error)) || Date.now() > until || signal?.aborted) throw error;
    }
  }
}

import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks every `everyMs` and resolves with the first answer that is neither false nor 0; rejects after `limitMs`. A
 * question that fails is asked again.
 */
export async function eventually<T>(ask: () => T | Promise<T>, limitMs: number, everyMs = 100): Promise<T> {
  let why: unknown;
  for (const end = Date.now() + limitMs; Date.now() < end; await sleep(everyMs)) {
    try {
      const answer = await ask();
      if (answer) return answer;
      why = undefined;
    } catch (error) {
      why = error;
    }
  }
  throw new Error(`what was waited for did not happen within ${limitMs / 1000} s`, { cause: why });
}

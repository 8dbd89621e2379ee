import { setTimeout as sleep } from "node:timers/promises";

export const pause = (ms: number) => sleep(ms);

/** Waits until something holds, looking every `everyMs`; rejects after `limitMs`. A question that fails is asked again. */
export async function eventually(holds: () => boolean | Promise<boolean>, limitMs: number, everyMs = 100): Promise<void> {
  let why: unknown;
  for (const end = Date.now() + limitMs; Date.now() < end; await sleep(everyMs)) {
    try {
      if (await holds()) return;
      why = undefined;
    } catch (error) {
      why = error;
    }
  }
  throw new Error(`what was waited for did not happen within ${limitMs / 1000} s`, { cause: why });
}

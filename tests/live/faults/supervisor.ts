import { setTimeout as sleep } from "node:timers/promises";

/** Something that runs, and how to tell and to start it again; `start` rejects when it could not be started. */
type Supervised = Readonly<{ name: string; isAlive: () => boolean; start: () => Promise<void> }>;
/** A start after a death; `asked` when the fault killed it, else it ended by itself. */
type Restart = Readonly<{ name: string; at: number; asked: boolean }>;
const LOOK_MS = 50;

/**
 * Starts again what died, `pauseMs` after its death and as often as it takes: what `restart: unless-stopped` does for
 * containers.
 */
export function supervise(pauseMs: number) {
  const restarts: Restart[] = [];
  const asked = new Set<string>();
  const ending = new AbortController();
  const { signal } = ending;
  const keep = async ({ name, isAlive, start }: Supervised) => {
    while (!signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal });
      if (isAlive()) continue;
      await sleep(pauseMs, undefined, { signal });
      restarts.push({ name, at: Date.now(), asked: asked.delete(name) });
      await start().catch(() => {});
    }
  };
  return {
    restarts,
    watch: (one: Supervised) => void keep(one).catch(() => {}),
    /** The next death of that name is the fault's doing. */
    expectDeath: (name: string) => void asked.add(name),
    /** Starts nothing any more; a start that is under way goes on. */
    stop: () => ending.abort(),
  };
}

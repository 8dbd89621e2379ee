import { constants } from "node:os";
import { STOP_SIGNALS } from "../core/signals.ts";

type Lifetime = Readonly<{ stop: () => Promise<void>; killNow: () => void }>;

const living = new Set<Lifetime>();
let watching = false;

function watch(): void {
  watching = true;
  process.once("exit", () => {
    for (const stack of living) stack.killNow();
  });
  for (const signal of STOP_SIGNALS) {
    process.once(signal, async () => {
      await Promise.allSettled([...living].map((stack) => stack.stop()));
      process.exit(128 + constants.signals[signal]);
    });
  }
}

/** Ends a stack with this process, however that ends (save SIGKILL); the function returned forgets it. */
export function endWithProcess(stack: Lifetime): () => void {
  if (!watching) watch();
  living.add(stack);
  return () => living.delete(stack);
}

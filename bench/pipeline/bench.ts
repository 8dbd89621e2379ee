import type { Stack } from "../../src/stack/native.ts";
import type { ServiceName } from "../../src/stack/service.ts";
import { startStack } from "../../tests/support/stack.ts";
import { temporary } from "../../tests/support/temporary.ts";

/** One measurement's surroundings: services of its own, and a folder that is removed with them. */
export type Bench = Readonly<{ stack: Stack; data: string }>;
export type Options = Readonly<{ records: number; rounds: number }>;

/** Runs a measurement on fresh services, and removes them. */
export async function onFreshStack<T>(
  services: readonly ServiceName[],
  measure: (bench: Bench) => Promise<T>,
): Promise<T> {
  const { folder: data, remove } = temporary();
  try {
    const stack = await startStack(services, { data, print: console.error });
    return await measure({ stack, data }).finally(stack.stop);
  } finally {
    remove();
  }
}

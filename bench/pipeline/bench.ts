import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../../src/stack/ports.ts";
import type { ServiceName } from "../../src/stack/service.ts";
import type { Stack } from "../../src/stack/stack.ts";
import { startStack } from "../../src/stack/test-stack.ts";

/** One measurement's surroundings: services of its own, and a folder that is removed with them. */
export type Bench = Readonly<{ stack: Stack; data: string }>;
export type Options = Readonly<{ records: number; rounds: number }>;

/** Runs a measurement on fresh services, and removes them. */
export async function onFreshStack<T>(
  services: readonly ServiceName[],
  measure: (bench: Bench) => Promise<T>,
): Promise<T> {
  const data = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const stack = await startStack({ data, ports: await freePorts(), services, print: console.error });
    return await measure({ stack, data }).finally(stack.stop);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

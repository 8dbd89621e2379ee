import { afterAll, beforeAll } from "vitest";
import type { Stack } from "../../src/stack/native.ts";
import { startStack } from "./stack.ts";

/** A stack of a test file's own, which is there once the first test begins. */
export function stackOfFile(...asked: Parameters<typeof startStack>): Stack {
  const stack: Partial<Stack> = {};
  beforeAll(async () => void Object.assign(stack, await startStack(...asked)));
  afterAll(() => stack.stop?.());
  return stack as Stack;
}

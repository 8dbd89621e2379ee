import { defineConfig } from "vitest/config";

/** What Promtail and the forwarder do to the same messages, and what faults do to the forwarder, over a stack that the tests kill parts of. */
export default defineConfig({ test: { include: ["tests/collectors/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 1_800_000 } });

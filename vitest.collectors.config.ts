import { defineConfig } from "vitest/config";
import { skipped } from "./tests/support/needs.ts";

const exclude = skipped([
  { files: ["tests/live/collectors/promtail.test.ts"], programs: ["promtail"] },
  { files: ["tests/live/collectors/present.test.ts"], programs: ["loki"] },
]);

/** What Promtail and the forwarder do to the same messages, and what faults do to the forwarder, over a stack that the tests kill parts of. */
export default defineConfig({
  test: {
    include: ["tests/live/collectors/**/*.test.ts"],
    exclude,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 1_800_000,
  },
});

import { defineConfig } from "vitest/config";

/** What the alert rules decide on log histories, over one real Loki. */
export default defineConfig({
  test: {
    include: ["tests/alerts/**/*.test.ts"],
    globalSetup: "tests/alerts/setup.ts",
    testTimeout: 90_000,
    hookTimeout: 1_800_000,
    maxConcurrency: 4,
    maxWorkers: 2,
  },
});

import { defineConfig } from "vitest/config";

/** The preview's page in a real browser: every panel's values, every interaction. */
export default defineConfig({
  test: { include: ["tests/live/preview/**/*.test.ts"], fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 },
});

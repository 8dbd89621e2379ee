import { defineConfig } from "vitest/config";

/** The report's figures and page, over one real Loki and in a real browser. */
export default defineConfig({
  test: {
    include: ["tests/report-stack/**/*.test.ts"],
    globalSetup: "tests/report-stack/setup.ts",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 1_800_000,
  },
});

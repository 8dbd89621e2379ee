import { defineConfig } from "vitest/config";
import { skipped } from "./tests/support/needs.ts";

const files = "tests/report-stack/**/*.test.ts";
const exclude = skipped([{ files: [files], programs: ["loki"] }]);

/** The report's figures and page, over one real Loki and in a real browser. */
export default defineConfig({
  test: {
    include: [files],
    exclude,
    passWithNoTests: exclude.length > 0,
    globalSetup: "tests/report-stack/setup.ts",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 1_800_000,
  },
});

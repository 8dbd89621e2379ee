import { defineConfig } from "vitest/config";
import { skipped } from "./tests/support/needs.ts";

const files = "tests/alerts/**/*.test.ts";
const exclude = skipped([{ files: [files], programs: ["loki"] }]);

/** What the alert rules decide on log histories, over one real Loki. */
export default defineConfig({
  test: {
    include: [files],
    exclude,
    passWithNoTests: exclude.length > 0,
    globalSetup: "tests/alerts/setup.ts",
    testTimeout: 90_000,
    hookTimeout: 1_800_000,
    maxConcurrency: 4,
    maxWorkers: 2,
  },
});

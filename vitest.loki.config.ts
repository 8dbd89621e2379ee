import { defineConfig } from "vitest/config";
import { skipped } from "./tests/support/needs.ts";

const files = "tests/live/loki/**/*.test.ts";
const exclude = process.env.TEST_LOKI_URL ? [] : skipped([{ files: [files], programs: ["loki"] }]);

/** What `npm test` proves in process, asked of a real Loki: started by `npm run test:loki`, which takes the address of a running one. */
export default defineConfig({
  test: {
    include: [files],
    exclude,
    passWithNoTests: exclude.length > 0,
    globalSetup: exclude.length > 0 ? [] : ["tests/live/loki/setup.ts"],
    testTimeout: 90_000,
    hookTimeout: 1_800_000,
    maxConcurrency: 4,
    maxWorkers: 2,
  },
});

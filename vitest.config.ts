import { defineConfig } from "vitest/config";

/** What needs nothing but Node; the tests on real services have their own configuration. */
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/live/**"],
    // Tests of whole programs, on a machine that has other things to do.
    testTimeout: 30_000,
  },
});

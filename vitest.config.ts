import { defineConfig } from "vitest/config";

/** What needs nothing but Node; the tests on real services have their own configuration. */
export default defineConfig({
  test: { include: ["tests/**/*.test.ts"], exclude: ["tests/{stack,collectors,grafana,alerts}/**", "tests/faults/smoke.test.ts"] },
});

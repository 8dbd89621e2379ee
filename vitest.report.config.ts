import { defineConfig } from "vitest/config";

/** The report's page in a real browser. */
export default defineConfig({ test: { include: ["tests/live/report/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 } });

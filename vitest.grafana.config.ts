import { defineConfig } from "vitest/config";

/** Asks a running Grafana (`npm start`) what it made of the provisioning files. */
export default defineConfig({ test: { include: ["tests/live/grafana/**/*.test.ts"], testTimeout: 420_000 } });

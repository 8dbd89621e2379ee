import { defineConfig } from "vitest/config";

/** Two faults on real services, natively (on the embedded store where Loki is not installed); all of them are `npm run test:faults`. */
export default defineConfig({
  test: {
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    include: ["tests/live/faults/smoke.test.ts"],
    // Fetching Kafka and building the S3 server takes that long on a machine that never did it.
    testTimeout: 1_800_000,
  },
});

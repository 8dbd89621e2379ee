import { defineConfig } from "vitest/config";

/** Tests on real Kafka, Promtail, Loki and S3; one after the other, since they share one stack. */
export default defineConfig({
  test: {
    // The S3 client's notice on Node 20 says nothing about the product.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    include: ["tests/stack/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 1_800_000,
    globalSetup: "tests/stack/setup.ts",
  },
});

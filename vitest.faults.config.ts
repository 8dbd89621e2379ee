import { defineConfig } from "vitest/config";
import { skipped } from "./tests/support/needs.ts";

const files = "tests/faults/smoke.test.ts";
const exclude = skipped([{ files: [files], programs: ["loki"], native: true }]);

/** Two faults on real services, natively; all of them are `npm run test:faults`. */
export default defineConfig({
  test: {
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    include: [files],
    exclude,
    passWithNoTests: exclude.length > 0,
    // Fetching Kafka and building the S3 server takes that long on a machine that never did it.
    testTimeout: 1_800_000,
  },
});

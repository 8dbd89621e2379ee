import { defineConfig } from "vitest/config";
import { chooseMode } from "./deploy/launcher/docker.ts";

// Stacks that are set up in ways that the containers are not, or whose data folder is looked into.
const nativeOnly = ["tests/stack/native/**"];
const docker = chooseMode() === "docker";
if (docker) console.log(`left out, as they need native processes (STACK=native runs them): ${nativeOnly.join(", ")}`);

/** Tests on real Kafka, Promtail, Loki and S3; one after the other, since they share one stack. */
export default defineConfig({
  test: {
    // The S3 client's notice on Node 20 says nothing about the product.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    include: ["tests/stack/**/*.test.ts"],
    exclude: docker ? nativeOnly : [],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 1_800_000,
    globalSetup: "tests/stack/setup.ts",
  },
});

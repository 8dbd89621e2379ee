import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { chooseMode } from "./src/stack/docker.ts";

// Stacks that are set up in ways that the containers are not, or whose data folder is looked into.
const nativeOnly = ["tests/live/stack/native/**"];
const docker = chooseMode() === "docker";
if (docker) console.log(`left out, as they need native processes (STACK=native runs them): ${nativeOnly.join(", ")}`);

/** The pipeline's tests count everything that is there, so they come before those that fill it. */
class ByName extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1));
  }
}

/** Tests on real Kafka, Promtail, Loki and S3 (natively on the embedded store and the forwarder where those two are not installed); one after the other, since they share one stack. */
export default defineConfig({
  test: {
    // The S3 client's notice on Node 20 says nothing about the product.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    include: ["tests/live/stack/**/*.test.ts"],
    exclude: docker ? nativeOnly : [],
    fileParallelism: false,
    sequence: { sequencer: ByName },
    testTimeout: 120_000,
    hookTimeout: 1_800_000,
    globalSetup: "tests/live/stack/setup.ts",
  },
});

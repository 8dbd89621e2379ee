import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { chooseMode } from "./src/stack/docker.ts";
import { skipped } from "./tests/support/needs.ts";

/** From Node 22.18 on; the types are those of Node 20. */
const readsTypes = Boolean((process.features as { typescript?: unknown }).typescript);
const asked = (name: string) => process.argv.includes(`--project=${name}`);

/** What cannot run here is left out, and told where its suite was asked for. */
function leftOut(name: string): readonly string[] {
  if (!asked(name)) return [];
  if (name === "collectors")
    return skipped([
      { files: ["tests/live/collectors/promtail.test.ts"], programs: ["promtail"] },
      { files: ["tests/live/collectors/present.test.ts"], programs: ["loki"] },
    ]);
  if (name === "loki")
    return process.env.TEST_LOKI_URL ? [] : skipped([{ files: ["tests/live/loki/**"], programs: ["loki"] }]);
  if (name !== "stack" || chooseMode() === "native") return [];
  console.log("left out, as they need native processes (STACK=native runs them): tests/live/stack/native/**");
  return ["tests/live/stack/native/**"];
}

/** What each suite leaves out here. */
const left: Readonly<Record<string, readonly string[]>> = {
  stack: leftOut("stack"),
  collectors: leftOut("collectors"),
  loki: leftOut("loki"),
};
const noLoki = left.loki!.length > 0;

/**
 * A suite on real services: one file after the other, since they share them; fetching Kafka and building the S3 server
 * may take half an hour.
 */
const live = (name: string, more: object = {}) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/live/${name}/**/*.test.ts`],
    exclude: [...(left[name] ?? [])],
    // The S3 client's notice on Node 20 says nothing about the product.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 1_800_000,
    ...more,
  },
});

/** Would leave a core idle, were they the last. */
const FIRST = ["tests/live/checks/", "tests/tools/report/figures.test.ts"];
/** Some tests count everything that is there; those that fill it, of native stacks, come last. */
class ByName extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (id: string) => Number(id.includes("/native/")) - Number(FIRST.some((path) => id.includes(path)));
    const place = ({ moduleId }: TestSpecification) => `${rank(moduleId)} ${moduleId}`;
    return files.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
  }
}

/** `npm test` runs `unit` and `checks`, which need nothing but Node; each of the others has a script. */
export default defineConfig({
  test: {
    sequence: { sequencer: ByName },
    passWithNoTests: noLoki,
    maxWorkers: "100%",
    expect: { requireAssertions: true },
    // Else what was compiled once is kept until its text changes.
    experimental: { viteModuleRunner: !readsTypes, nodeLoader: false, fsModuleCache: true },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/live/**"],
          // Modules are loaded once for all files: a test leaves nothing behind that another could see.
          isolate: false,
          // Tests of whole programs, on a machine that has other things to do.
          testTimeout: 30_000,
        },
      },
      // Types and style, beside the units: `npm test` is both.
      live("checks", { fileParallelism: true }),
      // Each starts Node, npm or git itself, and shares nothing.
      live("programs", { fileParallelism: true, hookTimeout: 60_000 }),
      live("stack", { globalSetup: "tests/live/stack/setup.ts" }),
      live("collectors"),
      live("loki", {
        globalSetup: noLoki ? [] : ["tests/live/loki/setup.ts"],
        fileParallelism: true,
        maxConcurrency: 4,
        maxWorkers: 2,
      }),
      live("preview"),
      live("report"),
      live("faults", { testTimeout: 1_800_000 }),
      live("grafana", { testTimeout: 420_000 }),
    ],
  },
});

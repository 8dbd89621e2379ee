import type { TestProject } from "vitest/node";
import { kafkaServices } from "../../../src/stack/chosen.ts";
import type { Stack } from "../../../src/stack/native.ts";
import { carrier, holder } from "../../support/needs.ts";
import { startStack } from "../../support/stack.ts";

declare module "vitest" {
  interface ProvidedContext {
    stack: Pick<Stack, "lokiUrl" | "kafkaBrokers" | "s3Url" | "s3">;
  }
}

/**
 * Starts the services once, on free ports and in a folder of their own, and stops them at the end whatever happened.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, lokiUrl, kafkaBrokers, s3Url, s3 } = await startStack([...kafkaServices(), "s3", holder(), carrier()]);
  project.provide("stack", { lokiUrl, kafkaBrokers, s3Url, s3 });
  return stop;
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { kafkaServices } from "../../../src/stack/kafka-mode.ts";
import { freePorts } from "../../../src/stack/ports.ts";
import { startStack } from "../../../src/stack/test-stack.ts";
import { carrier, holder } from "../../support/needs.ts";

type Endpoints = {
  lokiUrl: string;
  kafkaBrokers: string;
  s3Url: string;
  s3: { accessKeyId: string; secretAccessKey: string };
};

declare module "vitest" {
  interface ProvidedContext {
    stack: Endpoints;
  }
}

/**
 * Starts the services once, on free ports and in a folder of their own, and stops them at the end whatever happened.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const data = mkdtempSync(join(tmpdir(), "stack-"));
  const stack = await startStack({
    data,
    ports: await freePorts(),
    services: [...kafkaServices(), "s3", holder(), carrier()],
    print: console.log,
  });
  const { lokiUrl, kafkaBrokers, s3Url, s3 } = stack;
  project.provide("stack", { lokiUrl, kafkaBrokers, s3Url, s3 });
  return async () => {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  };
}

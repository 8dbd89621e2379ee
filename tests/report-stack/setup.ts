import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { freePorts } from "../../deploy/launcher/ports.ts";
import { startStack } from "../../deploy/launcher/test-stack.ts";

declare module "vitest" {
  interface ProvidedContext {
    reportLoki: string;
  }
}

/** Starts one Loki with the shipped configuration, and stops it at the end whatever happened. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const data = mkdtempSync(join(tmpdir(), "report-"));
  const stack = await startStack({ data, ports: await freePorts(), services: ["loki"], print: console.log });
  project.provide("reportLoki", stack.lokiUrl);
  return async () => {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  };
}

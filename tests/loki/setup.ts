import type { TestProject } from "vitest/node";
import { startLoki } from "../../src/proof/own-loki.ts";

declare module "vitest" {
  interface ProvidedContext {
    proofLoki: string;
  }
}

/** Starts one Loki for all scenarios and stops it at the end whatever happened. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startLoki(console.log);
  project.provide("proofLoki", url);
  return stop;
}

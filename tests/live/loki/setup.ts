import type { TestProject } from "vitest/node";
import { startStack } from "../../support/stack.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The Loki that is asked; `embedded`: it is the embedded store. */
    loki: { url: string; embedded: boolean };
  }
}

const isEmbedded = async (url: string) =>
  (await (await fetch(`${url}/metrics`)).text()).includes("store_lines_accepted_total");

/** The Loki that was named, else one for all files, which is stopped at the end whatever happened. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_LOKI_URL;
  const stack = given ? undefined : await startStack(["loki"], { tenants: true });
  const url = given ?? stack!.lokiUrl;
  project.provide("loki", { url, embedded: await isEmbedded(url) });
  return async () => stack?.stop();
}

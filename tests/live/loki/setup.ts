import type { TestProject } from "vitest/node";
import { startLoki } from "./own-loki.ts";

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
  const { url, stop } = given ? { url: given, stop: async () => {} } : await startLoki(console.log);
  project.provide("loki", { url, embedded: await isEmbedded(url) });
  return stop;
}

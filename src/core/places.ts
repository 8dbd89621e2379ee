import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this project. */
export const rootFolder = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
/** The 72 records that come with it. */
export const SAMPLE = join(rootFolder, "samples", "logs.jsonl");
/** What `npm run build` writes, and of it what Grafana reads. */
export const BUILD = join(rootFolder, "build");
export const PROVISIONING = join(BUILD, "grafana-provisioning");

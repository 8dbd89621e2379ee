import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this project. */
export const rootFolder = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
/** The 72 records that come with it. */
export const SAMPLE = join(rootFolder, "samples", "logs.jsonl");
/** What `npm run build` writes; of it the folder that Grafana reads. */
export const BUILD = join(rootFolder, "build");
export const GRAFANA_FOLDER = "grafana-provisioning";
export const PROVISIONING = join(BUILD, GRAFANA_FOLDER);
/** What was ever generated: outside `build/`, which can be generated again; the ledger cannot. */
export const LEDGER = join(rootFolder, "ledger.jsonl");

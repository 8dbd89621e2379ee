import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const rootFolder = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
export const deployFolder = join(rootFolder, "deploy");
/** Everything the native stack writes: data, logs, generated configuration, process ids. */
export const stackFolder = join(rootFolder, ".stack");

/** Where built programs are kept, outside the clone, so that another clone on this machine finds them. */
export const cacheFolder = (): string => join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "ingestion-monitoring");

import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { rootFolder } from "../core/places.ts";

export { rootFolder };
export const deployFolder = join(rootFolder, "deploy");
/** Everything the native stack writes: data, logs, generated configuration, process ids. */
export const stackFolder = join(rootFolder, ".stack");

/** A local path as the user means it who stands in the folder that npm was called in. */
export const fromUser = (path: string): string => resolve(process.env.INIT_CWD || rootFolder, path);

/** Where built programs are kept, outside the clone, so that another clone on this machine finds them. */
export const cacheFolder = (): string =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "ingestion-monitoring");

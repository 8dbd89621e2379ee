import { homedir } from "node:os";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import { rootFolder } from "../core/places.ts";

export const deployFolder = join(rootFolder, "deploy");
/** What is built or fetched for the native stack and for tests, with its versions. */
export const nativeFolder = join(deployFolder, "native");
/** Everything the native stack writes: data, logs, generated configuration, process ids. */
export const stackFolder = join(rootFolder, ".stack");

/** Where built programs are kept, outside the clone, so that another clone on this machine finds them. */
export const cacheFolder = (): string =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "ingestion-monitoring");

/** What a path may not hold, and why: each of these was found to lead a service to another folder. */
const UNUSABLE: readonly (readonly [pattern: RegExp, what: string, why: string])[] = [
  [/,/, "a comma", "Kafka would take it for two folders"],
  [/\$/, "a dollar sign", "Grafana would put a variable there"],
  [/%\(/, '"%("', "Grafana would put a setting there"],
  [/\p{Cc}/u, "a control character", "no service is sure to find it again"],
];

/** Refuses a folder that a service would not find under its own name. */
export function assertUsablePath(path: string): void {
  const found = UNUSABLE.find(([pattern]) => pattern.test(path));
  if (found)
    throw new UserError(
      `The path ${JSON.stringify(path)} holds ${found[1]}, and ${found[2]}: move the checkout to a folder without it.`,
    );
}

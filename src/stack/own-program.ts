import { join } from "node:path";
import { rootFolder } from "../core/places.ts";

/** Node's arguments for a command of this program whose environment says everything. */
export const ownProgram = (command: string, ...args: readonly string[]): readonly string[] => [
  join(rootFolder, "bin", "ingestion.js"),
  "--no-settings",
  command,
  ...args,
];

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rootFolder } from "./paths.ts";

/** Node's arguments for a program under `src/`. A test's setup has no `import.meta.resolve`. */
export const ownProgram = (...path: readonly string[]): readonly string[] => {
  const tsx = createRequire(import.meta.url).resolve("tsx");
  return ["--import", pathToFileURL(tsx).href, join(rootFolder, "src", ...path)];
};

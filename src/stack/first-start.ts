import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackFolder } from "./paths.ts";

/** Remembers that the sample was offered to the data `identity`; with new data the next start is a first one again. */
export function firstStart(mode: string, identity: string, { folder = stackFolder } = {}) {
  const file = join(folder, `first-start-done-${mode}`);
  return {
    isFirst: (): boolean => {
      try {
        return readFileSync(file, "utf8") !== identity;
      } catch {
        return true;
      }
    },
    done: (): void => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, identity);
    },
  };
}

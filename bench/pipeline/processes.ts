import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The process of a stack whose command line matches: every service runs in the stack's own folder. */
export function pidIn(folder: string, command: RegExp): number {
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (readlinkSync(`/proc/${name}/cwd`) === folder && command.test(readFileSync(`/proc/${name}/cmdline`, "utf8")))
        return Number(name);
    } catch {
      // It ended meanwhile, or is not ours to look into.
    }
  }
  throw new Error(`no process in ${folder} matches ${command}`);
}

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigError, checkConfig } from "./config.schema.ts";
import { config } from "./config.ts";
import { outputs } from "./outputs.ts";
import { composeTarget, type Target } from "./targets.ts";

const BUILD = fileURLToPath(new URL("../build", import.meta.url));

/** Checks the configuration and writes everything that a target needs into its folder, all or nothing; returns what changed. */
export function writeTarget(folder: string, target: Target, input: unknown = config): { files: number; changed: string[] } {
  const files = outputs(checkConfig(input), target, process.env.RUNBOOK_BASE_URL || undefined);
  const current = (path: string) => (isFile(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined);
  const stale = existing(folder).filter((path) => !files.has(path));
  const changed = [...files.keys()].filter((path) => current(path) !== files.get(path));
  const staged = changed.map((path) => ({ temporary: join(folder, `${path}.tmp-${process.pid}`), path: join(folder, path), content: files.get(path)! }));
  const written: string[] = [];
  try {
    const inTheWay = changed.find((path) => existsSync(join(folder, path)) && !isFile(join(folder, path)));
    if (inTheWay) throw new Error(`${inTheWay} is no file`);
    for (const { temporary, content } of staged) {
      mkdirSync(dirname(temporary), { recursive: true });
      written.push(temporary);
      writeFileSync(temporary, content);
    }
  } catch (cause) {
    for (const temporary of written) rmSync(temporary, { force: true });
    throw new ConfigError(`cannot write to ${folder} (${(cause as Error).message}); nothing was changed`, { cause });
  }
  // One rename per file keeps every folder in place: a container that mounts it sees the new files.
  for (const { temporary, path } of staged) renameSync(temporary, path);
  for (const path of stale) rmSync(join(folder, path));
  return { files: files.size, changed: [...changed, ...stale] };
}

const isFile = (path: string) => existsSync(path) && statSync(path).isFile();
const existing = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    : [];

function main() {
  try {
    const { files, changed } = writeTarget(BUILD, composeTarget);
    console.log(`build/: ${files} files, ${changed.length === 0 ? "unchanged" : `${changed.length} changed:\n  ${changed.join("\n  ")}`}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();

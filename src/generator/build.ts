import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { config } from "../config.ts";
import { checkConfig } from "../core/config/read.ts";
import { setting } from "../core/env.ts";
import { orSay, UserError } from "../core/errors.ts";
import { linkAmong, linkTarget } from "../core/links.ts";
import { LEDGER } from "../core/places.ts";
import { writeAll } from "../core/write.ts";
import type { Target } from "../services/target.ts";
import { type Ledger, newlyRetired, parseLedger, printLedger, type Thing } from "./ledger.ts";
import { generate } from "./outputs.ts";

function readLedger(path: string): Ledger {
  const name = basename(path);
  const text = orSay(
    () => readFileSync(path, "utf8"),
    (error) =>
      `${name} cannot be read (${(error as Error).message}); it alone knows what running Grafanas must remove: bring it back with git checkout -- ${name}; nothing was written`,
  );
  return parseLedger(text, name);
}

export type Written = Readonly<{ files: number; changed: string[]; retired: readonly Thing[] }>;
/** The configuration and the ledger, where they are not those of `src/config.ts` and `ledger.jsonl`. */
type Sources = Readonly<{ input?: unknown; ledger?: string; keep?: boolean }>;

/**
 * Checks the configuration and writes all that a target needs into its folder, or nothing; returns what changed.
 * The tombstones come from a ledger, which only `keep` brings up to date.
 */
export function writeTarget(
  folder: string,
  target: Target,
  { input = config, ledger: past = LEDGER, keep = false }: Sources = {},
): Written {
  const before = readLedger(past);
  const { files, ledger } = generate(checkConfig(input), target, {
    runbookBaseUrl: setting(process.env, "RUNBOOK_BASE_URL"),
    ledger: before,
  });
  const link = linkAmong(folder, files.keys());
  if (link !== undefined)
    throw new UserError(`${link} is a link to ${linkTarget(link)}: put a folder in its place; nothing was written`);
  const differs = (path: string, content: string) => !isFile(path) || readFileSync(path, "utf8") !== content;
  const stale = existing(folder).filter((path) => !files.has(path));
  const changed = [...files].filter(([path, content]) => differs(join(folder, path), content)).map(([path]) => path);
  const kept = keep && differs(past, printLedger(ledger)) ? [[past, printLedger(ledger)] as const] : [];
  try {
    const inTheWay = changed.find((path) => existsSync(join(folder, path)) && !isFile(join(folder, path)));
    if (inTheWay) throw new Error(`${inTheWay} is no file`);
    writeAll(new Map([...changed.map((path) => [join(folder, path), files.get(path)!] as const), ...kept]));
  } catch (cause) {
    throw new UserError(`cannot write to ${folder} (${(cause as Error).message}); nothing was changed`, { cause });
  }
  for (const path of stale) rmSync(join(folder, path));
  return { files: files.size, changed: [...changed, ...stale], retired: newlyRetired(before, ledger) };
}

const isFile = (path: string) => existsSync(path) && statSync(path).isFile();
const existing = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    : [];

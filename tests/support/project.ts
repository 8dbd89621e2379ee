import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const SETTINGS = join("deploy", ".env");

/** A copy of the project with `deploy/.env` of the test's own, so that a command of the launcher meets nothing of this clone's stack. */
export function copyOfProject(settings: string): string {
  const project = mkdtempSync(join(tmpdir(), "project-"));
  for (const name of ["bin", "src", "deploy", "build", "samples", "ledger.jsonl", "package.json"])
    cpSync(join(root, name), join(project, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  writeFileSync(join(project, SETTINGS), settings, { mode: 0o600 });
  return project;
}

/** Runs a program of the copy in an environment that holds the path and `env` alone. */
export function runIn(project: string, args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: "1", ...env },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

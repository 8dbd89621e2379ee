import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootFolder } from "../../src/core/places.ts";
import { temporary } from "./temporary.ts";

type Outcome = Readonly<{ status: number; stdout: string; stderr: string }>;

/**
 * A copy of the project with `deploy/.env` of the test's own, so that a command of the launcher meets nothing of this
 * clone's stack.
 */
export function copyOfProject(settings: string): string {
  const { folder: project } = temporary();
  const own = "bin src deploy build samples ledger.jsonl package.json".split(" ");
  for (const name of own) cpSync(join(rootFolder, name), join(project, name), { recursive: true });
  symlinkSync(join(rootFolder, "node_modules"), join(project, "node_modules"));
  writeFileSync(join(project, "deploy", ".env"), settings, { mode: 0o600 });
  return project;
}

const bare = () => ({ PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: "1" });

/**
 * The program of such a copy, in one process that takes all calls: a process for each would cost most of a test's time.
 */
export function programOf(project: string) {
  let child: ChildProcess | undefined;
  const started = () =>
    fork(join(import.meta.dirname, "in-copy.js"), [join(project, "bin", "program.js")], {
      cwd: project,
      env: bare(),
    });
  return {
    /** Calls it in an environment that holds the path and `env` alone. */
    async run(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
      child ??= started();
      child.send({ args, env: { ...bare(), ...env } });
      const [outcome] = await once(child, "message");
      return outcome;
    },
    remove() {
      child?.kill();
      rmSync(project, { recursive: true });
    },
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { rootFolder } from "../../deploy/launcher/paths.ts";

/** One of our own programs as a process; `start` begins it, again if it has ended. */
export type Program = Readonly<{ start: () => void; kill: (signal: NodeJS.Signals) => void; isAlive: () => boolean }>;
type Options = Readonly<{ name: string; file: string; args?: readonly string[]; env: Readonly<Record<string, string>>; logs: string }>;

/** Starts a TypeScript file of the repository; what it says goes to `<logs>/<name>.log`. */
export function spawned({ name, file, args = [], env, logs }: Options): ChildProcess {
  mkdirSync(logs, { recursive: true });
  const log = openSync(join(logs, `${name}.log`), "a");
  const child = spawn(process.execPath, ["--import", "tsx", join(rootFolder, file), ...args], { env, stdio: ["pipe", log, log] });
  closeSync(log);
  child.stdin!.on("error", () => {});
  return child;
}

export function program(options: Options): Program {
  let child: ChildProcess | undefined;
  return {
    start: () => {
      child = spawned(options);
    },
    kill: (signal) => void child?.kill(signal),
    isAlive: () => child !== undefined && child.exitCode === null && child.signalCode === null,
  };
}

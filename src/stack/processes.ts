import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A process by its id and start time: the id alone may have been given to another process since. */
export type Process = Readonly<{ pid: number; started: string }>;

/** When the process started, in a form that only equals itself; nothing when it does not run (a zombie does not). */
export function startTime(pid: number): string | undefined {
  if (!existsSync("/proc/self/stat"))
    return spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim() || undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program's name, in parentheses, may have spaces: the state is the first field after it, the start the 20th.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export const isAlive = ({ pid, started }: Process): boolean => startTime(pid) === started;

/** Sends a signal to the process if it is still the same one. */
export function signalProcess(target: Process, signal: NodeJS.Signals): void {
  if (!isAlive(target)) return;
  try {
    process.kill(target.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Ends a process: SIGTERM, then SIGKILL after the grace. */
export async function endProcess(target: Process, graceMs = 30_000): Promise<void> {
  signalProcess(target, "SIGTERM");
  for (const end = Date.now() + graceMs; isAlive(target) && Date.now() < end; ) await sleep(50);
  signalProcess(target, "SIGKILL");
  while (isAlive(target)) await sleep(20);
}

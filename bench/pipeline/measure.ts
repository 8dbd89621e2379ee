import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { table as markdownTable } from "../../src/core/markdown.ts";

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The value below which a share of the values lies (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** Milliseconds of this process's own CPU, the median of some rounds: other work on the machine counts for nothing. */
export const cpuOf = (work: () => unknown, rounds = 3): number =>
  median(
    Array.from({ length: rounds }, () => {
      const from = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(from);
      return (user + system) / 1000;
    }),
  );

/** What a process used: wall and CPU seconds, peak resident memory in bytes. */
export type Usage = Readonly<{ seconds: number; cpu: number; peak: number }>;

const CLOCK_TICKS = 100;

/** CPU seconds and peak memory so far, from Linux' own accounts; zeros once the process is gone. */
export function usageOf(pid: number): Pick<Usage, "cpu" | "peak"> {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
    return { cpu: (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS, peak };
  } catch {
    return { cpu: 0, peak: 0 };
  }
}

/** Runs a program to its end, its input from a file where one is named; rejects with its last words when it fails. */
export async function timed(
  file: string,
  args: readonly string[],
  { env = {}, input }: { env?: Record<string, string>; input?: string } = {},
): Promise<Usage> {
  const stdin = input === undefined ? undefined : openSync(input, "r");
  const from = performance.now();
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: [stdin ?? "ignore", "ignore", "pipe"] });
  if (stdin !== undefined) closeSync(stdin);
  let stderr = "";
  child.stderr!.on("data", (chunk) => {
    stderr = `${stderr}${chunk}`.slice(-500);
  });
  let last = { cpu: 0, peak: 0 };
  const sampler = setInterval(() => {
    const now = usageOf(child.pid!);
    last = { cpu: Math.max(last.cpu, now.cpu), peak: Math.max(last.peak, now.peak) };
  }, 20);
  const status = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  clearInterval(sampler);
  if (status !== 0) throw new Error(`${file} ${args.join(" ")} ended with status ${status}: ${stderr}`);
  return { seconds: (performance.now() - from) / 1000, ...last };
}

/** Asks until the answer is true; fails with a sentence after the limit. */
export async function until(
  what: string,
  seconds: number,
  isTrue: () => Promise<boolean>,
  everyMs = 50,
): Promise<void> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await sleep(everyMs))
    if (await isTrue()) return;
  throw new Error(`${what}: not within ${seconds} s`);
}

/** A Markdown table of figures under their names. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable(head, rows, { alignment: (column) => (column === 0 ? "---" : "--:") });

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
export const perSecond = (count: number, seconds: number): string => Math.round(count / seconds).toLocaleString("en");

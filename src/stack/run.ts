import { spawn } from "node:child_process";
import { UserError } from "../core/errors.ts";

type RunOptions = Readonly<{
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
  inherit?: boolean;
}>;
/** How a program ended, and what it printed, apart and as it came. */
type Ended = Readonly<{ status: number | NodeJS.Signals | null; stdout: string; stderr: string; all: string }>;

/** The end of what a program printed or wrote into its log, indented; of a log, the lines may be cut. */
export const lastLines = (text: string, most: number, { width = Infinity } = {}): string =>
  text
    .trimEnd()
    .split("\n")
    .slice(-most)
    .map((line) => (line === "" ? "" : `\n  ${line.slice(0, width)}`))
    .join("");

/** The last line of what a program printed. */
export const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";

/** Runs a program to its end, whatever its status; with `inherit` it prints to the terminal itself. */
export function outputOf(
  file: string,
  args: readonly string[],
  { cwd, env = process.env, signal, inherit = false }: RunOptions = {},
): Promise<Ended> {
  signal?.throwIfAborted();
  // What can be interrupted has a group of its own, so that it reaches the compilers that `go build` started too.
  const isGroup = signal !== undefined && !inherit;
  const stdio = inherit ? "inherit" : (["ignore", "pipe", "pipe"] as const);
  const child = spawn(file, args, { cwd, env, detached: isGroup, stdio: stdio as "pipe" });
  const interrupt = () => child.pid && process.kill(isGroup ? -child.pid : child.pid, "SIGTERM");
  signal?.addEventListener("abort", interrupt, { once: true });
  const output = { stdout: "", stderr: "", all: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      output.all += text;
    });
  return new Promise<Ended>((resolve, reject) => {
    child.once("error", (cause) => {
      const way = "install it, or put its folder on the PATH";
      reject(new UserError(`${file} could not be run (${cause.message}); ${way}.`, { cause }));
    });
    child.once("close", (code, killed) => {
      if (signal?.aborted) reject(signal.reason);
      else resolve({ status: killed ?? code, ...output });
    });
  }).finally(() => signal?.removeEventListener("abort", interrupt));
}

/** Runs a program and returns what it printed. A failure names the command, a way out and its last lines. */
export async function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { status, all } = await outputOf(file, args, options);
  if (status === 0) return all;
  const ended = typeof status === "number" ? `status ${status}` : status;
  const command = `${file} ${args.join(" ")}`;
  throw new UserError(`${command} ended with ${ended}; mend what it says, then run it again.${lastLines(all, 15)}`);
}

import { spawn } from "node:child_process";
import { UserError } from "../core/errors.ts";

type RunOptions = Readonly<{
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
  inherit?: boolean;
}>;

/** What is said of a program that did not even start. */
export const notRun = (file: string, { message }: Error): string =>
  `${file} could not be run (${message}); install it, or put its folder on the PATH`;

/**
 * Runs a program to its end and returns what it printed; with `inherit` it prints to the terminal itself.
 * A failure names the command and shows its last lines.
 */
export function run(
  file: string,
  args: readonly string[],
  { cwd, env = process.env, signal, inherit = false }: RunOptions = {},
): Promise<string> {
  signal?.throwIfAborted();
  // A group of its own, so that an interruption reaches the compilers that `go build` started too.
  const child = spawn(file, args, {
    cwd,
    env,
    detached: !inherit,
    stdio: inherit ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  const interrupt = () => child.pid && process.kill(inherit ? child.pid : -child.pid, "SIGTERM");
  signal?.addEventListener("abort", interrupt, { once: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise<string>((resolve, reject) => {
    child.once("error", (cause) => reject(new UserError(notRun(file, cause), { cause })));
    child.once("close", (code, killed) => {
      if (signal?.aborted) reject(signal.reason);
      else if (code === 0) resolve(output);
      else
        reject(
          new UserError(
            [
              `${file} ${args.join(" ")} ended with ${killed ?? `status ${code}`}`,
              ...output.trimEnd().split("\n").slice(-15),
            ]
              .join("\n  ")
              .trimEnd(),
          ),
        );
    });
  }).finally(() => signal?.removeEventListener("abort", interrupt));
}

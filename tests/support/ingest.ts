import { type ChildProcess, spawn } from "node:child_process";
import { ownProgram } from "../../src/stack/own-program.ts";

export type Run = { status: number | null; stdout: string; stderr: string };
type Started = Readonly<{ child: ChildProcess; run: Run; ended: Promise<Run> }>;

/** Starts a command as a user does; only the given variables are added to a bare environment. */
export function startProgram(
  [command = "", ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  input: string | Buffer = "",
): Started {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ownProgram(command, ...args), {
    env: { PATH, HOME, AWS_EC2_METADATA_DISABLED: "true", ...env },
  });
  const run: Run = { status: null, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (run.stdout += chunk));
  child.stderr.on("data", (chunk) => (run.stderr += chunk));
  child.stdin.on("error", () => {}).end(input);
  return {
    child,
    run,
    ended: new Promise((resolve) => child.on("close", (status) => resolve(Object.assign(run, { status })))),
  };
}

/** Runs the producer to its end. */
export const ingest = (args: readonly string[], env: NodeJS.ProcessEnv, input: string | Buffer = ""): Promise<Run> =>
  startProgram(["ingest", ...args], env, input).ended;

/** A following producer: its log, what it answers at its status address, and its exit status after SIGTERM. */
export type Follower = ReturnType<typeof following>;

export function following(args: readonly string[], env: Record<string, string>, status: string) {
  const { child, run, ended } = startProgram(["ingest", "--follow", ...args], env);
  const get = (path: string) => fetch(`${status}${path}`, { signal: AbortSignal.timeout(5000) });
  return {
    child,
    lines: (): Record<string, unknown>[] =>
      run.stdout
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    health: async () => {
      const response = await get("/healthz").catch(() => undefined);
      return response ? `${response.status} ${(await response.text()).trim()}` : "no answer";
    },
    /** The figures whose names start with `prefix`, by the rest of the name; none before it answers. */
    metrics: async (prefix: string): Promise<Record<string, number>> => {
      const text = await get("/metrics").then(
        (response) => response.text(),
        () => "",
      );
      const lines = text.split("\n").filter((line) => line.startsWith(prefix));
      return Object.fromEntries(
        lines.map((line) => [
          line.slice(prefix.length, line.lastIndexOf(" ")),
          Number(line.slice(line.lastIndexOf(" ") + 1)),
        ]),
      );
    },
    stop: async () => {
      child.kill("SIGTERM");
      return (await ended).status;
    },
  };
}

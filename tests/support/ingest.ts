import { type ChildProcess, spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { ownProgram } from "../../src/stack/own-program.ts";
import { freePorts } from "../../src/stack/ports.ts";
import { metricsAt } from "./metrics.ts";

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

export type Follower = Awaited<ReturnType<typeof following>>;

/**
 * A following producer, stopped when the test ends: its log, what it answers at its status address, and its exit status
 * after SIGTERM.
 */
export async function following(args: readonly string[], env: Record<string, string>) {
  const status = `127.0.0.1:${(await freePorts()).s3}`;
  const started = ["ingest", "--follow", ...args];
  const { child, run, ended } = startProgram(started, { ...env, INGEST_STATUS_ADDRESS: status });
  const stop = async () => {
    child.kill("SIGTERM");
    return (await ended).status;
  };
  onTestFinished(async () => void (await stop()));
  return {
    child,
    lines: (): Record<string, unknown>[] =>
      run.stdout
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    health: async () => {
      const signal = AbortSignal.timeout(5000);
      const response = await fetch(`http://${status}/healthz`, { signal }).catch(() => undefined);
      return response ? `${response.status} ${(await response.text()).trim()}` : "no answer";
    },
    /** The figures whose names start with `prefix`, by the rest of the name; none before it answers. */
    metrics: async (prefix: string): Promise<Record<string, number>> => {
      const figures = await metricsAt(`http://${status}`).catch(() => []);
      const ours = figures.filter(([name]) => name.startsWith(prefix));
      return Object.fromEntries(ours.map(([name, value]) => [name.slice(prefix.length), value]));
    },
    stop,
  };
}

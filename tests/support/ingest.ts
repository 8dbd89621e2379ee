import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../src/producer/cli.ts", import.meta.url));

export type Run = { status: number | null; stdout: string; stderr: string };

/** Runs the producer as a user does; only the given variables are added to a bare environment. */
export function ingest(args: readonly string[], env: Record<string, string>, input = ""): Promise<Run> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", CLI, ...args], { env: { PATH, HOME, AWS_EC2_METADATA_DISABLED: "true", ...env } });
  const run: Run = { status: null, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (run.stdout += chunk));
  child.stderr.on("data", (chunk) => (run.stderr += chunk));
  child.stdin.on("error", () => {}).end(input);
  return new Promise((resolve) => child.on("close", (status) => resolve({ ...run, status })));
}

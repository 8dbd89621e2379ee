import { spawn } from "node:child_process";
import { UserError } from "../../core/errors.ts";
import { notRun } from "../run.ts";

type Output = Readonly<{ status: number | null; stdout: string; stderr: string }>;

/** Runs a program to its end, whatever its status. */
export function outputOf(file: string, args: readonly string[], { cwd }: Readonly<{ cwd: string }>): Promise<Output> {
  const child = spawn(file, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => (output[name] += text));
  return new Promise((resolve, reject) => {
    child.once("error", (cause) => reject(new UserError(`${notRun(file, cause)}.`, { cause })));
    child.once("close", (status) => resolve({ ...output, status }));
  });
}

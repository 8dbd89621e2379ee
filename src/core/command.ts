import type { Readable } from "node:stream";
import { Command, CommanderError } from "commander";
import { detail, UserError } from "./errors.ts";
import { systemSentence } from "./system-error.ts";
import { sentences } from "./visible.ts";

/** Where a command may draw a progress bar. */
export type Terminal = NodeJS.WritableStream & { isTTY?: boolean };

/** What a command reads and writes. The user stands in `folder`; their first Ctrl-C aborts the `interrupted` signal. */
export type Surroundings = Readonly<{
  env: NodeJS.ProcessEnv;
  stdin: Readable;
  stdout: Terminal;
  stderr: Terminal;
  folder: string;
  interrupted: () => AbortSignal;
}>;

/** A command of the program: resolves to its exit status. */
export type Run = (args: readonly string[], around: Surroundings) => Promise<number>;

/** The parser of a command: it ends no process, and nothing that it prints works on the terminal. */
export const parserOf = (name: string, { stdout, stderr }: Pick<Surroundings, "stdout" | "stderr">): Command =>
  new Command(name)
    .helpCommand(false)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(sentences(text)),
      writeErr: (text) => void stderr.write(sentences(text)),
    });

const sentenceOf = (error: unknown): string => {
  if (error instanceof UserError) return error.message;
  return systemSentence(error) ?? `It stopped on an unforeseen error: ${detail(error)}.`;
};

/** The exit status of `command`, or `failed` where it throws: the user reads one sentence (DEBUG: the stack, too). */
export async function guarded(
  command: () => Promise<number>,
  { env, stderr, failed = 1 }: Pick<Surroundings, "env" | "stderr"> & { failed?: number },
): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : failed;
    stderr.write(`${sentences(sentenceOf(error))}\n`);
    if (env.DEBUG && error instanceof Error) stderr.write(`${sentences(error.stack ?? "")}\n`);
    return failed;
  }
}
